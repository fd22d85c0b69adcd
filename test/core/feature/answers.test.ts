// Bare answers: how what people type is read in each form, and which of several open questions one goes to.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readAnswer, type Form } from '../../../src/core/feature/answers.ts'
import { feature, type AnyFeature } from '../../../src/core/feature/feature.ts'
import { table } from '../../../src/core/feature/tables.ts'
import { Chat } from '../../support/chat.ts'

function read(form: Form, texts: readonly string[]) {
  return Object.fromEntries(texts.map((text) => [text, readAnswer(form, text)]))
}

function all(texts: readonly string[], value: number | undefined) {
  return Object.fromEntries(texts.map((text) => [text, value]))
}

describe('a form', () => {
  it('of a numbered list takes its numbers, and no amounts', () => {
    const form: Form = { kind: 'line', min: 1, max: 12 }
    const second = [
      '2',
      '２',
      '②',
      '2️⃣',
      '2。',
      '2、',
      ' 2 ',
      '选2',
      '選２',
      '我选2吧',
      '第二个',
      '第2条',
      '投2',
      '选第二个！',
    ]
    expect(read(form, second)).toEqual(all(second, 2))
    expect(readAnswer(form, '第十二个')).toBe(12)
    const none = ['', '0', '13', '2个', '2斤', '二', '2.5', '22222', '2 3', '第二天', '我要2', '2点见', '第']
    expect(read(form, none)).toEqual(all(none, undefined))
  })

  it('of options takes number, letter or the words themselves', () => {
    const options = ['火锅', '烧 烤', '日料']
    const byNumber = ['2', '选2', '烧烤', '烧烤！', '我投烧烤', '２。烧烤', '第二个']
    expect(read({ kind: 'choice', options, by: 'number' }, byNumber)).toEqual(all(byNumber, 1))
    const byLetter = ['B', 'ｂ。', '选B', '烧烤吧', 'B 烧烤']
    expect(read({ kind: 'choice', options, by: 'letter' }, byLetter)).toEqual(all(byLetter, 1))
    const none = ['4', 'B', '烧烤店在哪', '不吃烧烤', '2个']
    expect(read({ kind: 'choice', options, by: 'number' }, none)).toEqual(all(none, undefined))
    expect(readAnswer({ kind: 'choice', options, by: 'letter' }, '2')).toBeUndefined()
  })

  it('of numbers takes those within its bounds', () => {
    const form: Form = { kind: 'number', min: 3, max: 18, unit: '点' }
    const ten = ['10', '１０', '10！', '猜10', '我猜 10', '十', '10点', '十点吧']
    expect(read(form, ten)).toEqual(all(ten, 10))
    const none = ['2', '19', '10块', '10点关门吗', '十分好']
    expect(read(form, none)).toEqual(all(none, undefined))
  })

  it('of any text takes what is said, but not nothing', () => {
    expect(readAnswer({ kind: 'text' }, '周末福利')).toBe(0)
    expect(readAnswer({ kind: 'text' }, ' \n')).toBeUndefined()
  })
})

const asker = (name: string, form: Form, tell = name): AnyFeature =>
  feature({
    name,
    summary: { zh: name, en: name },
    config: z.strictObject({}),
    tables: { taken: table(z.strictObject({ by: z.string() })) },
    words: { ask: [`${name}问`], askMe: [`${name}问我`], stop: [`${name}停`] },
    questions: ['question'],
    texts: { zh: { took: '{{tell}} {{value}}' }, en: { took: '{{tell}} {{value}}' } },
    onWord: {
      ask: ({ group }, { expects, now }) => {
        if (group) expects('question', { group }, form, now + 60_000)
        return []
      },
      askMe: ({ group, from }, { expects, now }) => {
        expects('question', group ? { group, member: from } : { member: from }, form, now + 60_000, 'mine')
        return []
      },
      stop: ({ group }, { expectsNoMore }) => {
        if (group) expectsNoMore('question', { group })
        return []
      },
    },
    onAnswer: {
      // One answer from each, as in a poll that cannot be changed.
      question({ from, value }, { tables, reply }) {
        if (tables.taken.get(from)) return
        tables.taken.set(from, { by: from })
        return reply('took', { tell, value })
      },
    },
  })

describe('open questions', () => {
  const features = [
    asker('早', { kind: 'line', min: 1, max: 3 }),
    asker('晚', { kind: 'number', min: 1, max: 100, unit: null }),
    asker('字', { kind: 'choice', options: ['甲', '乙'], by: 'letter' }),
  ]
  const chat = () => new Chat({ features, members: ['小明', '阿花'] })

  it('give a bare answer to the latest that it fits, wherever its feature stands in the list', () => {
    for (const [first, second] of [
      ['早', '晚'],
      ['晚', '早'],
    ]) {
      const g = chat()
      g.says('阿花', `${first}问`)
      g.says('阿花', `${second}问`)
      g.says('阿花', '字问')
      expect(g.says('小明', '2')).toEqual([`${second} 2`])
      expect(g.says('小明', '乙')).toEqual(['字 1'])
      expect(g.says('小明', '2。')).toEqual([`${first} 2`])
      expect(g.says('小明', '2')).toEqual([])
    }
  })

  it('stay open for others, and leave what does not fit to the question before', () => {
    const g = chat()
    g.says('阿花', '晚问')
    g.says('阿花', '早问')
    expect(g.says('小明', '50')).toEqual(['晚 50'])
    expect(g.says('小明', '3')).toEqual(['早 3'])
    expect(g.says('阿花', '3')).toEqual(['早 3'])
  })

  it('asked again come first again', () => {
    const g = chat()
    g.says('阿花', '晚问')
    g.says('阿花', '早问')
    g.says('阿花', '晚问')
    expect(g.says('小明', '3')).toEqual(['晚 3'])
  })

  it('to one person, or in one place, are nobody else’s and nowhere else', () => {
    const g = new Chat({ features, members: ['小明', '阿花'], groups: ['一群', '二群'] })
    g.says('阿花', '早问我')
    expect(g.says('小明', '1')).toEqual([])
    expect(g.says('阿花', '1', { group: '二群' })).toEqual([])
    expect(g.tells('阿花', '1')).toEqual([])
    expect(g.says('阿花', '1')).toEqual(['早 1'])
    g.tells('小明', '晚问我')
    expect(g.says('小明', '7')).toEqual([])
    expect(g.tells('小明', '7')).toEqual(['晚 7'])
  })

  it('are over in time, or when they are taken back', () => {
    const g = chat()
    g.says('阿花', '早问')
    g.after('1m')
    expect(g.says('小明', '1')).toEqual([])
    expect([...g.tables.table('engine.expected').keys()]).toEqual([])
    g.says('阿花', '早问')
    g.says('阿花', '早停')
    expect(g.says('小明', '1')).toEqual([])
  })
})

describe('real questions in one group', () => {
  const files = {
    '题.yaml': '- question: 草莓一箱几斤？\n  answer: 10\n- question: 香蕉一串几根？\n  answer: 10\n',
  }
  const faq = {
    entries: [
      { id: '营业', question: '几点开门', answer: '9 点。' },
      { id: '关门', question: '几点关门', answer: '21 点。' },
    ],
  }
  const config = { quiz: { files: ['题.yaml'] }, faq, order: { enabled: false } }

  it('a guess opened after a quiz question takes the number, then the question gets its own', () => {
    const g = new Chat({ config, files, members: ['小明', '阿花', '大刘'] })
    g.says('阿花', '答题')
    g.says('阿花', '猜点数')
    expect(g.says('小明', '10')).toEqual(['小明 猜 10'])
    expect(g.says('小明', '10')[0]).toContain('✅ 小明 答对')
    // The next question is the latest now.
    expect(g.says('大刘', '10')[0]).toContain('✅ 大刘 答对')
    expect(g.errors).toEqual([])
  })

  it('a number that nobody expects stays chat', () => {
    const g = new Chat({ config, files })
    for (const text of ['1', '10', 'A', '对', '选1', '第一个']) expect(g.says('小明', text)).toEqual([])
    expect(g.says('小明', '10', { addressed: true })).toEqual([])
  })

  it('who was asked "did you mean" answers that, while others answer the quiz', () => {
    const g = new Chat({ config, files, members: ['小明', '阿花'] })
    g.says('阿花', '答题')
    expect(g.says('小明', '几点', { addressed: true })[0]).toContain('1')
    expect(g.says('阿花', '2')).toEqual([])
    expect(g.says('小明', '第二个')).toEqual([expect.stringMatching(/^\d+ 点。$/)])
    expect(g.errors).toEqual([])
  })
})
