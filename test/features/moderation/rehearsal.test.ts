// Rehearsals through the whole bot: kept messages once more through today's rules and a draft, and nothing happens.
import { expect, it } from 'vitest'
import { features } from '../../../src/features/index.ts'
import { BotRig } from '../../support/bot-rig.ts'
import { settingsFrom } from '../../support/chat.ts'
import { ads } from './order-chat.ts'

it('tells how many cases there would be, and what a draft changes', async () => {
  const usual = { bot: { botName: '圈子' }, groups: { groups: [{ name: '福利群' }] } }
  const draft = { ...usual, order: { lists: [{ name: '拼团', weight: 6, words: ['帮我砍一刀'] }] } }
  const rig = new BotRig({
    settings: settingsFrom(features, usual),
    groups: ['福利群'],
    drafts: {
      'draft.yaml': { settings: settingsFrom(features, draft) },
      'order.yaml': { problems: 'order.yaml 第 3 行第 1 列：「step」不认识，是不是想写「steps」？' },
    },
  })
  await rig.start()
  for (const text of ['早上好', ads[0], '大家帮我砍一刀吧']) {
    rig.says('小明', text)
    await rig.advance(60_000)
  }
  const asks = async (line: string) => {
    rig.sent.length = 0
    rig.says('老板', line, '管理群')
    // The files are read from the real disk, which takes its own time.
    for (let n = 0; n < 500 && rig.sent.length < 2; n++) await rig.advance(2_000)
    return rig.sent.join('\n')
  }
  expect(await asks('/rehearse')).toMatch(/试了最近 1 天的 3 条消息：\n案件 1 个：问你 0，提醒 1，/)
  expect(await asks('/rehearse draft.yaml')).toMatch(/和现在比，1 条不一样[^]*大家帮我砍一刀吧」不管 → /)
  expect(await asks('/rehearse none.yaml')).toContain('没有试')
  const refused = await asks('/rehearse order.yaml')
  expect(refused).toMatch(/没有试：\norder\.yaml 第 3 行第 1 列：「step」不认识/)
  expect(refused).not.toContain('试了最近')
})
