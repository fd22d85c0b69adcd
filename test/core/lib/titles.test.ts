// Titles of tables as people write them.
import { expect, it } from 'vitest'
import { columnsIn } from '../../../src/core/lib/titles.ts'

const known = { question: ['问题', 'question'], also: ['别的问法', '相似问题'], answer: ['答案', '回答', 'answer'] }
const places = (...titles: string[]) => Object.fromEntries(columnsIn(titles, known))

it.each([
  [['问题', '答案'], { question: 0, answer: 1 }],
  [['客户问题', '标准回答'], { question: 0, answer: 1 }],
  [['编号', '顾客常问的问题', '我们的回答'], { question: 1, answer: 2 }],
  [['1. 问题（必填）', '2、答案*'], { question: 0, answer: 1 }],
  [['【问题】', '“答案”'], { question: 0, answer: 1 }],
  [['问题内容', '回答正文'], { question: 0, answer: 1 }],
  [[' Question ', 'ANSWER'], { question: 0, answer: 1 }],
  [['相似问题', '问题', '答案'], { also: 0, question: 1, answer: 2 }],
  [['客户问题', '问题', '答案'], { question: 1, answer: 2 }],
  [['问题分类', '答案'], { answer: 1 }],
  [['几点开门', '8 点'], {}],
  [[], {}],
])('%j', (titles, expected) => {
  expect(places(...titles)).toEqual(expected)
})
