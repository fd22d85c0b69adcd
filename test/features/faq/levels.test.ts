// How sure an entry must be: levels of a library, and silence where two entries stand too close.
import { describe, expect, it } from 'vitest'
import { Entry } from '../../../src/features/faq/entry.ts'
import { calibrate } from '../../../src/features/faq/levels.ts'
import { buildLibrary, find } from '../../../src/features/faq/library.ts'

const eager = 0.002
const places = '东门 西门 南门 北门 河边 学校 车站 公园 医院 广场 老街 新城'.split(' ')
const asks = '几点开门 在哪里 可以停车吗 电话多少 有厕所吗 能刷卡吗 周末休息吗 招人吗 能充电吗'.split(' ')
const crowded = places.flatMap((place) => asks.map((ask) => `${place}店${ask}`))
const few = ['你们店几点开门', '可以停车吗', '电话号码是多少']

function library(questions: readonly string[]) {
  const made = buildLibrary(questions.map((question, i) => Entry.parse({ id: `e${i}`, question, answer: `答案 ${i}` })))
  const { levels } = calibrate(made, eager)
  return (text: string, addressed = false) => find(made, levels, text, { groups: null, today: null, addressed }).finding
}

describe('in a library where entries stand close', () => {
  const say = library(crowded)

  it('says nothing unasked where a second entry may be meant, and offers both to who asks', () => {
    expect(say('你们店几点开门呀')).toEqual({ kind: 'nothing' })
    expect(say('你们店几点开门呀', true).kind).toBe('choose')
  })

  it('answers what only one entry can mean', () => {
    expect(say('请问公园店能停车不')).toMatchObject({ kind: 'answer', entry: { question: '公园店可以停车吗' } })
  })
})

it('answers the same where no other entry comes near', () => {
  expect(library(few)('你们店几点开门呀')).toMatchObject({ kind: 'answer', entry: { question: '你们店几点开门' } })
})
