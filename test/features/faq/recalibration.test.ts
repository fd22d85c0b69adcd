// The levels of the answer library by what the groups really said, through the whole bot.
import { expect, it, vi } from 'vitest'
import { recalibrate } from '../../../src/recalibration.ts'
import { features } from '../../../src/features/index.ts'
import { BotRig } from '../../support/bot-rig.ts'
import { settingsFrom } from '../../support/chat.ts'

const settings = settingsFrom(features, {
  bot: { botName: '圈子' },
  groups: { groups: [{ name: '福利群' }] },
  faq: { entries: [{ id: '营业', question: '今天开门时间', also: ['几点开门'], answer: '8 点' }] },
})
const message = (text: string, n: number) => ({
  ...{ id: String(n), at: n, since: 0, text, quote: null, kind: 'text' as const },
  ...{ group: 'g1' as never, from: 'm1' as never },
})
async function* days(texts: readonly string[]) {
  yield await Promise.resolve(texts.map(message))
}
const found = (texts: readonly string[], current = () => settings) =>
  recalibrate(days(texts), current, () => Promise.resolve())
const many = (text: string) => Array.from({ length: 400 }, (_, n) => (n % 4 === 0 ? text : `随便聊聊第${n}句`))

it('raises the level above what is often said and asks for nothing', async () => {
  const quiet = await found(many('早上好'))
  const close = await found(many('今天开门'))
  if (quiet.outcome !== 'done' || close.outcome !== 'done') throw new Error('nothing was found')
  expect(quiet).toMatchObject({ messages: 400, days: 1, chatAnswered: 0 })
  expect(close.levels.answer).toBeGreaterThan(quiet.levels.answer)
  expect(close.chatAnswered).toBe(0)
})

it('does not take questions and what is said to somebody for ordinary chat', async () => {
  const quiet = await found(many('早上好'))
  const asking = await found(many('今天几点开门呀？'))
  expect(asking).toMatchObject({ levels: quiet.outcome === 'done' && quiet.levels })
  expect(await found(many('@小红 开门时间'))).toMatchObject({ messages: 300 })
})

it('does not take what reads like a wording for ordinary chat', async () => {
  const quiet = await found(many('早上好'))
  expect(await found(many('今天开门时间'))).toMatchObject({ levels: quiet.outcome === 'done' && quiet.levels })
})

it('finds nothing from a few messages, nor for settings that are no longer', async () => {
  expect(await found(many('早上好').slice(0, 299))).toEqual({ outcome: 'none' })
  let asked = 0
  const other = settingsFrom(features, { bot: { botName: '圈子' }, groups: { groups: [{ name: '福利群' }] } })
  expect(await found(many('早上好'), () => (asked++ < 3 ? settings : other))).toEqual({ outcome: 'none' })
})

it('happens at night, and /faq tells what the levels rest on', async () => {
  const rig = new BotRig({ settings, groups: ['福利群'] })
  await rig.start()
  const asks = async () => {
    rig.sent.length = 0
    rig.says('老板', '/faq', '管理群')
    for (let n = 0; n < 50 && rig.sent.length === 0; n++) await rig.advance(2_000)
    return rig.sent.join('\n')
  }
  expect(await asks()).toContain('按内置的聊天样本')
  for (let n = 0; n < 310; n++) {
    rig.says(n % 2 === 0 ? '小明' : '阿花', `随便聊聊第${n}句`)
    await rig.advance(30_000)
  }
  await rig.advance(20 * 3_600_000)
  // The files are read from the real disk, which takes its own time.
  await vi.waitFor(async () => expect(await asks()).toContain('按最近 1 天的 310 条群聊算的'), { timeout: 20_000 })
})
