// Fifty advertisers in ten minutes, through the whole bot: what is sent stays within its budgets, and the admins can read it.
import { expect, it } from 'vitest'
import { BotRig } from '../../support/bot-rig.ts'
import { ads } from './order-chat.ts'

const minute = 60_000
const raiders = Array.from({ length: 50 }, (_, i) => `客服${i}`)

const isKick = (text: string) => /^@客服\d+$/.test(text)
/** The most that happened in any minute. */
const busiest = (times: readonly number[]) =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + minute).length))

it('stays calm and readable in a raid of fifty', async () => {
  const rig = new BotRig()
  const at: number[] = []
  await rig.start()
  rig.answer = () => {
    at.push(rig.now)
    return { ok: true }
  }
  rig.list('福利群', ['小明', '阿花', ...raiders])
  // Each comes twice, so that everybody is due for removal in the end.
  for (let n = 0; n < 100; n++) {
    await rig.advance(6_000)
    rig.says(raiders[n % 50] ?? '', `${ads[n % ads.length] ?? ''} ${n}`)
    if (n % 10 === 0) rig.says('小明', '积分')
  }
  await rig.advance(5 * minute)
  const sent = rig.sent.map((line, i) => {
    const [to = '', ...text] = line.split(': ')
    return { at: at[i] ?? 0, to, text: text.join(': ') }
  })

  // The budgets: twenty messages a minute, eight a group, a pause between two.
  expect(at).toHaveLength(sent.length)
  expect(busiest(at)).toBeLessThanOrEqual(20)
  expect(
    busiest(sent.filter(({ to, text }) => to === '福利群' && !isKick(text)).map((one) => one.at)),
  ).toBeLessThanOrEqual(8)
  expect(Math.min(...at.slice(1).map((time, i) => time - (at[i] ?? 0)))).toBeGreaterThanOrEqual(1_500)

  // They came in one wave: nobody is reproached in the group or removed by the bot alone, the admins are asked together.
  expect(sent.filter(({ text }) => isKick(text))).toHaveLength(0)
  expect(sent.filter(({ to, text }) => to === '福利群' && text.includes('像是广告'))).toEqual([])
  const control = sent.filter(({ to }) => to === '管理群').map(({ text }) => text)
  expect(control.filter((text) => text.includes('里面发广告的我先拦下了')).length).toBeGreaterThan(0)

  // What the admins get: a few messages, each fits a screen or two, with the words to type next.
  expect(control.length).toBeLessThanOrEqual(20)
  const digests = control.filter((text) => text.includes('新案件'))
  expect(digests.length).toBeGreaterThan(4)
  for (const text of control) expect(text.length).toBeLessThan(1_500)
  for (const text of digests)
    expect(text).toMatch(/新案件 \d+ 个，\d+ 个等你点头：\n(?:#\d+ .*\n)+[^]*\/(?:ok|kick) [\d -]+/mu)

  // Members are answered meanwhile.
  expect(sent.filter(({ text }) => text.includes('小明 现在有')).length).toBeGreaterThan(5)
})
