// Five hundred newcomers in a burst of a thousand lines: all are greeted within a minute, and nobody twice.
import { expect, it } from 'vitest'
import { BotRig } from './support/bot-rig.ts'

it('greets 500 who join while 1,000 lines are said', async () => {
  const rig = new BotRig()
  await rig.start()
  rig.sent.length = 0
  const names = ['小明', '阿花']
  for (let part = 0; part < 10; part++) {
    for (let n = 0; n < 100; n++) rig.says(n % 2 ? '小明' : '阿花', n % 3 ? `今天天气真好 ${part} ${n}` : '积分')
    for (let n = 0; n < 50; n++) names.push(`新人${part}-${n}`)
    rig.list('福利群', [...names])
  }
  await rig.advance(60_000)
  const greetings = rig.sent.filter((line) => line.includes('欢迎'))
  const greeted = greetings.reduce((sum, line) => {
    const others = /等 ?(\d+) ?(?:位|人)/.exec(line)
    return sum + (others ? Number(others[1]) : (line.match(/@/g) ?? []).length)
  }, 0)
  expect(greeted).toBe(500)
})
