// A post of the calendar and the feature's settings, as an operator writes them.
import { z } from 'zod'
import { ActivityShare } from './share.ts'

/** A post's id, or another short name. */
export const label = z
  .string()
  .trim()
  .regex(/^[^\s/@#「」]{1,20}$/u)
  .meta({ examples: ['问候'] })
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ examples: ['18:00'] })
const file = z.string().trim().min(1).meta({ file: true })
// WeChat sends other kinds of videos as plain files.
const video = z
  .string()
  .trim()
  .regex(/\.mp4$/i)
  .meta({ file: true, examples: ['files/回放.mp4'] })

const Time = z.union([
  z.string().trim().min(1).max(100),
  z.strictObject({
    event: z.string().describe('上面 events 里的一个名字'),
    daysBefore: z.array(z.int().min(-365).max(365)).min(1).max(60).describe('提前几天发，0 是当天，负数是之后'),
    time: clock.describe('几点，例如 18:00'),
  }),
  z.strictObject({
    event: z.string().describe('上面 events 里的一个名字，那里要写几点'),
    hoursBefore: z
      .array(z.number().min(-720).max(720))
      .min(1)
      .max(60)
      .describe('提前几小时发，0 是开始时，0.5 是半小时，负数是之后'),
  }),
  z.strictObject({
    opened: z.array(z.int().min(1).max(3650)).min(1).max(60).describe('开群第几天发，1 是开群当天'),
    time: clock.describe('几点，例如 18:00'),
  }),
])
export type Time = z.infer<typeof Time>

const Part = z.union([
  z.string().trim().min(1).max(1000),
  z.strictObject({ picture: file.describe('图片文件，路径从配置文件夹写起') }),
  z.strictObject({ video: video.describe('视频文件（mp4），路径从配置文件夹写起') }),
  z.strictObject({ file: file.describe('别的文件，路径从配置文件夹写起') }),
  z.strictObject({ do: z.string().trim().startsWith('/').max(300).describe('一条管理命令，例如开一个抽奖') }),
])
/** One message of a post, or a command that it gives. */
export type Part = z.infer<typeof Part>

const Content = z
  .union([Part, z.array(Part).min(1).max(5)])
  .transform((content): Part[] => (Array.isArray(content) ? content : [content]))

const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const
const englishNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const

const Weekday = z
  .enum([...weekdayNames, ...englishNames])
  // Monday is 0, as in core/time.
  .transform((name) => Math.max(weekdayNames.indexOf(name as '周一'), englishNames.indexOf(name as 'Mon')))

/** How important a post is where not all can be sent, the most important first. */
export const priorities = ['high', 'normal', 'low'] as const

export const Post = z.strictObject({
  id: label.meta({ examples: ['早安'] }).describe('编号：短、不重复、没有空格，例如「早安」'),
  groups: z.array(z.string().trim().min(1)).default([]).describe('发到哪些群：群名或标签；不写就是所有群'),
  at: z
    .union([Time, z.array(Time).min(1).max(20)])
    .transform((at): Time[] => (Array.isArray(at) ? at : [at]))
    .describe(
      "什么时候发：'0 8 * * *'（分 时 日 月 星期）、'2026-12-24 18:00'、event 倒计时、opened 开群第几天，或它们的列表",
    ),
  weekdays: z.array(Weekday).min(1).optional().describe('只在这几天发，例如 [周一, 周五]'),
  holidays: z.enum(['skip', 'only']).optional().describe('skip 节假日不发，only 只在节假日发；不写就都发'),
  content: Content.optional().describe(
    '发什么：一段话，或最多 5 条的列表（文字、picture: 图片、video: 视频、file: 文件、do: 命令）',
  ),
  rotate: z.array(Content).min(2).max(100).optional().describe('轮换内容：每次随机发一条，全部发过一遍才重复'),
  human: z.string().trim().min(1).max(300).optional().describe('要人来做的事：到点在管理群提醒负责人，直到 /sop done'),
  owner: z.string().trim().min(1).max(20).optional().describe('负责人；不写就用上面的 owner'),
  category: label.optional().describe('类别，例如 问候、活动'),
  priority: z
    .enum(priorities)
    .default('normal')
    .describe('当天条数满了、或者两条挤在一起时谁先让：low 先让，high 最后让'),
  note: z.string().trim().max(300).optional().describe('备注，给自己看'),
  late: z
    .union([z.enum(['skip', 'ask']), z.int().min(1).max(720)])
    .default(30)
    .describe('停机错过了怎么办：skip 不补，ask 问管理群，数字是几分钟以内补发'),
})
export type Post = z.infer<typeof Post>

const Days = z.union([
  z.iso.date(),
  z.strictObject({ from: z.iso.date().describe('第一天'), until: z.iso.date().describe('最后一天') }),
])

export const Config = z.strictObject({
  posts: z.array(Post).max(300).default([]).describe('要发的内容，一条一项'),
  owner: z.string().trim().min(1).max(20).default('群主').describe('没写负责人的内容由谁负责'),
  variables: z
    .record(z.string().regex(/^[\p{L}\p{N}_]{1,20}$/u), z.string().max(200))
    .default({})
    .describe('文字里的变量，写成 {{变量名}}；各群不同的，在 groups.yaml 里改'),
  events: z
    .record(label, z.string().trim().min(1).max(60))
    .default({})
    .describe("大日子和每周的课：名字 → '2026-12-12'、'2026-12-12 20:00' 或 每周二 20:00"),
  holidays: z.array(Days).max(200).default([]).describe('节假日，一天或一段'),
  opened: z.iso.date().optional().describe('开群日期，给 opened 用；不写就是机器人第一次见到这个群的日子'),
  limits: z
    .strictObject({
      perDay: z.int().min(1).max(50).default(4).describe('一个群一天最多发几条'),
      activityShare: ActivityShare.describe(
        '一周里活动占百分之几：所有群的 atLeast、atMost，或按标签写；没写到的群不管。只提醒，不会因此不发',
      ),
    })
    .prefault({})
    .describe('不打扰的底线，超过了会提醒'),
  activities: z.array(label).default(['活动']).describe('哪些类别算活动'),
  remindMinutes: z.int().min(5).max(720).default(30).describe('要人做的事没标记完成，过几分钟提醒；之后越提醒越少'),
})
export type Config = z.infer<typeof Config>
