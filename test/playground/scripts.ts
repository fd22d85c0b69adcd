// Plays a script of the README in the terminal's playground, and holds what the bot said against what the README leads to expect.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { runNode } from '../../src/standin/child.ts'

export const folder = mkdtempSync(join(tmpdir(), 'quanzi-play-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A copy, so that nobody's editing of the shipped files disturbs the conversation.
const config = join(folder, 'config')
cpSync('config', config, { recursive: true })
// Newcomers need not be gathered for long here.
const welcome = join(config, 'welcome.yaml')
writeFileSync(welcome, readFileSync(welcome, 'utf8').replace(/^gather: \d+$/m, 'gather: 1'))

export const play = (...args: string[]) =>
  runNode('src/cli.ts', { env: {}, args: ['playground', '--config', config, ...args] })

type Conversation = readonly (readonly [line: RegExp, ...answers: RegExp[]])[]
const control = (answer: string) => new RegExp(String.raw`^\S+@控制群: ${answer}`)
const group = (answer: string) => new RegExp(String.raw`^\S+@鲜邻 · 团购福利1群: ${answer}`)

/** What the bot said after each line of the scripts; greeting, dice, questions and winners are as chance and the shipped files have them. */
const conversations: Record<'first-day' | 'evening', Conversation> = {
  'first-day': [
    [control(String.raw`/claim [A-Z2-9]{10}$`), control('认领成功')],
    [/^阿花 进了「鲜邻 · 团购福利1群」$/, group('欢迎 @阿花 来到「鲜邻 · 团购福利1群」')],
    [group('菜单$'), group('我是群助手机器人[^]*「骰子」[^]*「积分」')],
    [group('你们几点开门？$'), group('.*早 8 点到晚 9 点')],
    [group('签到$'), group(String.raw`.*签到成功，\+5 分`)],
    [group('骰子$'), group('小明 [⚀-⚅][1-6] (比我|和我) [⚀-⚅][1-6]')],
    [control('/points add 小明 10 晒单$'), control(String.raw`小明（m\d+）\+10 分，现在 1[57] 分。原因：晒单$`)],
    [group('积分$'), group('小明 现在有 1[57] 分，今天得了 [57] 分。')],
    [control('/status$'), control('在线')],
    [control('/groups$'), control(String.raw`g1 鲜邻 · 团购福利1群　6 人[^]*\n.*鲜邻 · 团长交流群　5 人`)],
    [control('/points 小明$'), control(String.raw`小明（m\d+）现在 1[57] 分。\n\s+\+10　晒单`)],
    [control('/log 3$'), control(String.raw`L\d+ [^]*小明 \+10 分（晒单）`)],
  ],
  evening: [
    [control(String.raw`/claim [A-Z2-9]{10}$`), control('认领成功')],
    [group('签到$'), group(String.raw`.*签到成功，\+5 分`)],
    [control('/quiz start g1$'), control('答题「答题」 #1 已在'), group('🎉 答题开始：5 题[^]*第 1/5 题')],
    [group(String.raw`(?!ANSWER)\S+`), group(String.raw`✅ 小明 答对：.*\+5 分[^]*第 2/5 题`)],
    [group(String.raw`(?!ANSWER)\S+`), group(String.raw`✅ Momo 答对：.*\+5 分[^]*第 3/5 题`)],
    [control('/quiz stop g1$'), control('.*#1 结束了'), group('🏁 答题提前结束')],
    [
      control('/draw new 晚安福利'),
      control('抽奖「晚安福利」 #2 已在.*开始'),
      group('🎲 抽奖 #2 开始，回复「抽奖」参加'),
    ],
    [group('抽奖$'), group('.*小明 参加了抽奖 #2，票号 T0001')],
    [group('抽奖$'), group('.*陈晨 参加了抽奖 #2，票号 T0002')],
    [
      control('/draw close 2$'),
      control('抽奖「晚安福利」 #2 已截止'),
      group('⏳ 抽奖 #2 截止：2 人、2 张票，名单已锁定'),
    ],
    [
      control('/draw close 2$'),
      control('抽奖「晚安福利」 #2 结束了'),
      group(String.raw`🎲 抽奖 #2 开奖：2 人参加\n\s+🥇 10元券：@(小明|陈晨)（T000[12]）[^]*想验算？回复「验证 2」`),
    ],
    [group('验证 2$'), group('🔍 抽奖 #2 验算[^]*承诺：[0-9a-f]{64}[^]*名单：[0-9a-f]{64}[^]*种子：[0-9a-f]{64}')],
    [control('/coupons give 小明 满15减3 昨天的鸡蛋破了$'), control(String.raw`已发给 小明（m\d+）：「满15减3」一张`)],
    [/^小明 → \S+: 我的券$/, /^\S+ → 小明: 🎫 小明 的券（2 张）/],
    [control('核销 [A-Z0-9]{8}$'), control('✅ 已核销：')],
    [control('核销 [A-Z0-9]{8}$'), control('❌ 这张券用过了：.* 由 老板 核销')],
    [control('/coupons$'), control(String.raw`🎫 券的情况[^]*用 1，`)],
  ],
}

/** Plays a script, and expects the answers that its conversation has. */
export async function expectPlayed(name: keyof typeof conversations): Promise<void> {
  const expected = conversations[name]
  const playground = play('--script', `src/playground/scripts/${name}.txt`)
  expect(await playground.ended, playground.output()).toBe(0)

  const output = playground.output()
  const said = output.slice(output.indexOf('\n# ')).split(/\n(?! {4}|\n)/)
  const spoken = said.filter((line) => !/^(#|$)|^正在收拾/.test(line))
  expect(spoken, output).toHaveLength(expected.flat().length)
  let at = 0
  for (const [line, ...answers] of expected) {
    expect(spoken[at], output).toMatch(line)
    // To several places at once the bot answers in whatever order.
    const came = spoken.slice(at + 1, at + 1 + answers.length)
    for (const answer of answers) expect(came, output).toContainEqual(expect.stringMatching(answer))
    at += 1 + answers.length
  }
}
