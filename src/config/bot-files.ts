// The schemas of the two files that every bot has: `bot.yaml` and `groups.yaml`.
import { z } from 'zod'
import type { AnyFeature } from '../core/feature/feature.ts'
import type { AlarmSettings, Sending } from '../core/feature/settings.ts'
import { nearest } from '../core/lib/spelling.ts'

const Timezone = z
  .string()
  .check((about) => {
    if (isTimezone(about.value)) return
    // Beijing is no zone of its own, and offsets are none either.
    const china = /beijing|北京|上海|中国|china|\+0?8/i.test(about.value)
    const near = (china ? undefined : nearest(about.value, Intl.supportedValuesOf('timeZone'))) ?? 'Asia/Shanghai'
    about.issues.push({
      code: 'custom',
      input: about.value,
      params: {
        zh: `时区「${about.value}」不认识。中国写 Asia/Shanghai${near === 'Asia/Shanghai' ? '。' : `；是不是想写 ${near}？`}`,
        en: `the time zone "${about.value}" is not known. Write e.g. ${near}.`,
      },
    })
  })
  .meta({ examples: ['Asia/Shanghai'] })

function isTimezone(name: string): boolean {
  if (!/^[A-Z]/i.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const Clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ examples: ['22:30'] })

const Quiet = z
  .strictObject({
    from: Clock.describe('几点开始安静，例如 22:30'),
    until: Clock.describe('几点结束，例如 07:30'),
  })
  .refine(({ from, until }) => from !== until, {
    params: {
      zh: '「from」和「until」不能是同一个时间。不要安静时段就写 quiet: false。',
      en: '"from" and "until" must differ. Write quiet: false for no quiet hours.',
    },
  })

// The defaults are gentle on purpose: what sends faster gets restricted by WeChat.
const SendingFile = z
  .strictObject({
    gapSeconds: z.number().min(0.5).max(60).default(1.5).describe('两条消息之间至少隔几秒'),
    jitterSeconds: z.number().min(0).max(60).default(1.5).describe('再随机多等几秒以内，像人一样'),
    perMinute: z.int().min(1).max(60).default(20).describe('一分钟最多发几条'),
    perHour: z.int().min(1).max(1000).default(200).describe('一小时最多发几条，其中一成留给管理群和维护秩序'),
    perDay: z.int().min(1).max(5000).default(600).describe('一天最多发几条，其中一成留给管理群和维护秩序'),
    perGroupPerMinute: z.int().min(1).max(60).default(8).describe('同一个群一分钟最多发几条'),
    quiet: z
      .union([z.literal(false), Quiet])
      .default({ from: '22:30', until: '07:30' })
      .describe('安静时段：定时内容和游戏等到结束再发，回复照常；写 false 表示不要'),
  })
  .transform(({ gapSeconds, jitterSeconds, quiet, ...budgets }): Sending => ({
    ...budgets,
    gap: Math.round(gapSeconds * 1000),
    jitter: Math.round(jitterSeconds * 1000),
    quiet: quiet === false ? null : quiet,
  }))

const Mail = z
  .strictObject({
    host: z.string().trim().min(1).describe('发信服务器，例如 smtp.qq.com'),
    port: z.int().min(1).max(65535).default(465).describe('端口，一般 465'),
    secure: z.boolean().default(true).describe('465 端口写 true，587 端口写 false'),
    user: z
      .string()
      .trim()
      .min(1)
      .describe('登录名，一般就是邮箱地址；密码（授权码）写在 .env 的 QUANZI_MAIL_PASSWORD'),
    from: z.email().describe('发件人地址'),
    to: z.array(z.email()).min(1).max(10).describe('收件人地址'),
  })
  .describe('用邮件告警')

const Webhook = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).describe('机器人的 webhook 地址。拿到它就能往那里发消息，不要给别人看'),
    headers: z.record(z.string(), z.string()).default({}).describe('另外要带的请求头，一般不用'),
    body: z
      .record(z.string(), z.unknown())
      .refine((body) => JSON.stringify(body).includes('{{text}}'), {
        params: {
          zh: '「body」里要有一处 {{text}}，告警的内容会填在那里。',
          en: '"body" must have {{text}} somewhere: the alarm is put there.',
        },
      })
      .describe('要发的 JSON，{{title}} 和 {{text}} 会换成标题和内容'),
  })
  .describe('用群机器人或推送服务告警：飞书、钉钉、企业微信、Bark、ntfy……')

const AlarmFile = z
  .strictObject({
    againHours: z.number().min(1).max(168).default(6).describe('一直没好的话，隔几小时再说一次'),
    webhook: Webhook.optional(),
    mail: Mail.optional(),
  })
  .transform(({ againHours, webhook, mail }): AlarmSettings => ({
    again: againHours * 3_600_000,
    ...(webhook ? { webhook } : {}),
    ...(mail ? { mail } : {}),
  }))

/** `bot.yaml`. */
export const BotFile = z.strictObject({
  language: z.enum(['zh', 'en']).default('zh').describe('机器人说话和报错的语言：zh 简体中文，en 英语'),
  timezone: Timezone.default('Asia/Shanghai').describe('时区，决定「今天」和定时的时间'),
  botName: z.string().trim().min(1).max(20).describe('机器人在消息里怎么称呼自己'),
  messageDays: z
    .int()
    .min(0)
    .max(90)
    .default(7)
    .describe('群里的消息留几天（在 data/messages，用来试新规则、校准回答）；0 表示不留'),
  alarm: AlarmFile.optional().describe('出了状况，在微信之外也告诉你：掉线、要重新扫码、磁盘满、时间不准……'),
  control: z
    .strictObject({
      spare: z
        .boolean()
        .default(false)
        .describe(
          'true：主人可以在另一个只有管理员的群里发「/claim spare」，把它设为备用管理群；原来的管理群没了，由它接替',
        ),
      phone: z
        .boolean()
        .default(false)
        .describe('true：用机器人自己的手机在管理群里发的命令也算数，等于主人发的。手机在谁手里，谁就能指挥'),
    })
    .prefault({})
    .describe('管理群的备用和手机'),
  sending: SendingFile.prefault({}).describe('发消息的快慢。默认值对账号最安全，没有必要不用改'),
})

/** `true`/`false`, or some of the feature's settings; the latter are checked when they are laid over the feature's own. */
const Override = z.union([z.boolean(), z.record(z.string(), z.unknown())])
export type Override = z.infer<typeof Override>

/** @param features the names that may be overridden */
export function groupsFile(features: readonly AnyFeature[]) {
  const overrides = z
    .strictObject(
      Object.fromEntries(
        features.map(({ name, summary }) => [
          name,
          Override.meta({ description: summary.zh, overrides: name }).optional(),
        ]),
      ),
    )
    .default({})
    .describe('这里和大家不一样的功能：false 关掉，true 打开，或只写要改的几项')
  return z.strictObject({
    groups: z
      .array(
        z.strictObject({
          name: z.string().trim().min(1).max(100).describe('群名，和微信里一模一样'),
          tags: z.array(z.string().trim().min(1).max(20)).default([]).describe('标签，给一类群统一设置'),
          timezone: Timezone.optional().describe('这个群的时区；不写就用 bot.yaml 里的'),
          features: overrides,
        }),
      )
      .describe('要管的群，一个群一项。没写在这里的群，机器人不说话'),
    tags: z
      .record(z.string(), z.strictObject({ features: overrides }))
      .default({})
      .describe('按标签统一设置：标签名 → features'),
  })
}
export type GroupsFile = z.infer<ReturnType<typeof groupsFile>>
