// Answers by meaning where the words find nothing: through the whole bot with made-up vectors, and the budgets in the chat.
import { expect, it } from 'vitest'
import type { Embedded } from '../../../src/ai/embeddings.ts'
import { features } from '../../../src/features/index.ts'
import { quantised, type Vector } from '../../../src/search/vectors.ts'
import { BotRig } from '../../support/bot-rig.ts'
import { settingsFrom } from '../../support/chat.ts'
import { asked, faqChat } from './faq-chat.ts'

const entries = [
  { id: '营业', question: '几点开门', answer: '8 点开门。' },
  { id: '送货', question: '可以送货上门吗', answer: '满 39 免费送。' },
  { id: '发票', question: '能开发票吗', answer: '可以。' },
  { id: '退货', question: '不新鲜能退吗', answer: '当天可退。' },
]
const faq = { entries, embeddings: { model: 'text-embedding' } }
const settings = settingsFrom(features, {
  bot: { botName: '圈子' },
  groups: { groups: [{ name: '福利群' }] },
  faq,
})
const topics = [/开门|起早/, /送货|懒得下楼/, /发票|报账/, /退|蔫/]

/** What a text is about, and a little of its own. */
function vectorOf(text: string): Vector {
  const about = topics.map((topic) => Number(topic.test(text)))
  const own = Array.from({ length: 8 }, (_, i) => 0.1 * ((text.charCodeAt(i % text.length) % 7) / 7))
  return quantised([...about, 0.5, ...own]) as Vector
}
const all = (texts: readonly string[]): Promise<Embedded> =>
  Promise.resolve({ outcome: 'done', vectors: texts.map(vectorOf) })

async function started(of: (texts: readonly string[]) => Promise<Embedded>, more = settings) {
  const rig = new BotRig({ settings: more, groups: ['福利群'] })
  const texts: string[][] = []
  rig.embeddings = {
    of: (asked) => {
      texts.push([...asked])
      return of(asked)
    },
  }
  await rig.start()
  // The library is made ready in many small steps.
  for (let n = 0; n < 100; n += 1) await rig.advance(0)
  const says = async (text: string, group?: string) => {
    rig.sent.length = 0
    rig.says(group === undefined ? '小明' : '老板', text, group)
    for (let n = 0; n < 5; n += 1) await rig.advance(2_000)
    return rig.sent.join('\n')
  }
  return { says, texts, rig }
}

it('answers what is asked in quite other words', async () => {
  const { says, texts } = await started(all)
  expect(texts[0]).toEqual(expect.arrayContaining(entries.map(({ question }) => question)))
  expect(await says('我懒得下楼怎么办？')).toContain('满 39 免费送')
  expect(await says('菜都蔫了行不行？单位报账怎么弄？')).toBe('福利群: 当天可退。\n福利群: 可以。')
  expect(await says('附近有没有公园？')).toBe('')
})

it('asks nothing where the words are enough, nor of ordinary chat', async () => {
  const { says, texts } = await started(all)
  await says('几点开门')
  await says('今天好累啊哈哈')
  await says('谢谢老板')
  expect(texts).toHaveLength(1)
})

it('answers by the words alone when there are no embeddings, and tells once what is wrong', async () => {
  const broken = () => Promise.resolve({ outcome: 'failed', why: 'name', status: 404 } as const)
  const { says } = await started(broken)
  expect(await says('请问可以送货上门吗')).toContain('满 39 免费送')
  const first = await says('我懒得下楼怎么办？')
  expect(first).toContain('管理群: 🤖 语义检索用不了：这个地址没有这个向量模型（404）')
  expect(first).not.toContain('福利群')
  expect(await says('我懒得下楼怎么办呀？')).toBe('')
  expect(await says('/status', '管理群')).toMatch(
    /语义检索 text-embedding：这个地址没有这个向量模型（404）.*还能问 3000 次/,
  )
})

it('does not keep others waiting', async () => {
  let answer = (_: Embedded) => {}
  const { says, rig } = await started((texts) =>
    texts.length > 4 ? all(texts) : new Promise((resolve) => (answer = resolve)),
  )
  expect(await says('我懒得下楼怎么办？')).toBe('')
  expect(await says('几点开门')).toContain('8 点开门')
  rig.sent.length = 0
  answer({ outcome: 'done', vectors: [vectorOf('懒得下楼')] })
  for (let n = 0; n < 5; n += 1) await rig.advance(2_000)
  expect(rig.sent.join()).toContain('满 39 免费送')
})

it('is off without its setting', async () => {
  const without = settingsFrom(features, {
    bot: { botName: '圈子' },
    groups: { groups: [{ name: '福利群' }] },
    faq: { entries },
  })
  const { says, texts } = await started(all, without)
  expect(await says('我懒得下楼怎么办？')).toBe('')
  expect(texts).toEqual([])
})

it('offers by meaning to who asks the bot, and forgets nothing when there is none', () => {
  const g = faqChat({ ...faq, staff: '店长小李' })
  const levels = { answer: 0.9, asked: 0.85, suggest: 0.05 }
  const odds = [
    ['送货', 4],
    ['退货', 3.5],
  ] as const
  g.meaning = () => ({ outcome: 'done', levels, meanings: [{ odds, least: -2 }] })
  expect(g.says('小明', '我腿脚不方便咋整', asked)[0]).toMatch(/1\. 可以送货上门吗\n2\. 不新鲜能退吗/)
  expect(g.says('小明', '1')).toEqual(['满 39 免费送。'])
  g.meaning = () => ({ outcome: 'off' })
  expect(g.says('阿花', '我腿脚不方便的咋整', asked)[0]).toContain('店长小李')
})

it('keeps to its budgets', () => {
  const g = faqChat({ ...faq, embeddings: { ...faq.embeddings, perMemberPerDay: 2 } })
  const questions: string[] = []
  g.meaning = ({ texts }) => {
    questions.push(texts[0] ?? '')
    return { outcome: 'done', levels: { answer: 0.9, asked: 0.85, suggest: 0.05 }, meanings: [{ odds: [], least: -2 }] }
  }
  for (const text of ['哪里有公园？', '哪里有地铁？', '哪里有银行？']) g.says('小明', text)
  expect(questions).toEqual(['哪里有公园？', '哪里有地铁？'])
  g.says('阿花', '哪里有银行？')
  expect(questions).toHaveLength(3)
  g.tomorrow()
  g.says('小明', '哪里有医院？')
  expect(questions).toHaveLength(4)
})
