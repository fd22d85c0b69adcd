// How the library hears people: what asks for nothing gets no answer, and what was missed is taught in one line.
import { describe, expect, it } from 'vitest'
import { asked, faqChat as chat } from './faq-chat.ts'

describe('what is no question', () => {
  it('gets one kind line for thanks, and no ticket', () => {
    const g = chat()
    expect(g.says('小明', '谢谢你啊', asked)).toEqual(['不客气 🙂'])
    expect(g.says('小明', '太感谢了', asked)).toEqual([])
  })

  it.each(['孩子不肯吃辅食 愁死', '我押金肯定拿不回来了哈哈'])('gets no ticket and no entry: %s', (text) => {
    expect(chat().says('小明', text, asked).join()).not.toMatch(/1\.|→管理群/)
  })

  it('is not ours when it is said to somebody else', () => {
    expect(chat().says('小明', '@小红 你们几点开门')).toEqual([])
  })
})

it('answers both questions of a message', () => {
  expect(chat().says('小明', '你们几点开门？店在哪里？')).toEqual([
    '每天早 8 点到晚 9 点，福利群的邻居随时来。',
    '小区南门。',
  ])
})

it('takes 同问 under a question for that question', () => {
  expect(chat().says('小明', '同问', { quote: { name: '阿花', text: '店在哪里' } })).toEqual(['小区南门。'])
})

it('reaches a human by asking for one', () => {
  expect(chat().says('小明', '人工客服在吗')[0]).toContain('我转给店长小李')
})

it('learns a missed question in one line, and takes it back', () => {
  const g = chat()
  g.says('小明', '阿姨能上门打扫吗', asked)
  const [list = ''] = g.admin('/faq missed')
  const number = /#(\d+) 「阿姨能上门打扫吗」/.exec(list)?.[1] ?? ''
  expect(g.admin(`/faq also ${number} 地址`)[0]).toContain('记住了')
  expect(g.says('阿花', '阿姨能上门打扫吗')).toEqual(['小区南门。'])
  g.admin(`/undo ${number}`)
  expect(g.says('阿花', '阿姨能上门打扫吗', { group: '团长群' })).toEqual([])
})

it('says what its hours mean now', () => {
  const g = chat({ entries: [{ id: '营业', question: '几点开门', hours: '8:00-21:00', answer: '8 点到 21 点。' }] })
  expect(g.says('小明', '现在还开着吗')).toEqual(['现在开着，今天到 21:00。', '8 点到 21 点。'])
})
