// Judging: what members type however they type it, and nothing else.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberIn } from '../../../src/core/feature/answers.ts'
import { judge } from '../../../src/features/quiz/judge.ts'
import { QuestionIn, type Question } from '../../../src/features/quiz/question.ts'

const choice = QuestionIn.parse({ question: '香蕉怎么放？', options: ['冷藏', '常温', '冷凍', '泡水'], answer: 'B' })
const truth = QuestionIn.parse({ question: '对吗？', answer: true })
const number = QuestionIn.parse({ question: '几个节气？', answer: 24, unit: '个' })
const wording = QuestionIn.parse({ question: '番茄又叫？', answer: ['西红柿', 'Tomato'] })

function verdicts(question: Question, texts: readonly string[]) {
  return Object.fromEntries(texts.map((text) => [text, judge(question, text)]))
}

function all(texts: readonly string[], judgement: string) {
  return Object.fromEntries(texts.map((text) => [text, judgement]))
}

describe('an answer', () => {
  it('to a single choice is a letter or an option', () => {
    const right = [
      'B',
      'b',
      'Ｂ',
      '选B',
      '選 Ｂ',
      ' b。',
      '(B)',
      'B吧',
      '我选b',
      '答案是B',
      '应该是B',
      'B常温',
      'B、常温',
      '常 温',
      'B选项',
      '选项B',
    ]
    expect(verdicts(choice, right)).toEqual(all(right, 'right'))
    const wrong = ['A', 'ｄ', '冷冻', '冷凍！', '选C']
    expect(verdicts(choice, wrong)).toEqual(all(wrong, 'wrong'))
    const none = ['', 'E', 'AB', 'A还是B', '今天香蕉多少钱', 'B '.repeat(60), '👍', 'banana', 'B冷藏']
    expect(verdicts(choice, none)).toEqual(all(none, 'none'))
  })

  it('to true or false is any way to say so', () => {
    const right = ['对', '對', '正确', '√', '✅', '是', '是的', '我觉得对', 'TRUE', '没错', '对！']
    expect(verdicts(truth, right)).toEqual(all(right, 'right'))
    const wrong = ['错', '錯', '不对', '不是', '×', '❌', 'false', '假的']
    expect(verdicts(truth, wrong)).toEqual(all(wrong, 'wrong'))
    const none = ['是不是', '对了几点关门', '好', '对对子']
    expect(verdicts(truth, none)).toEqual(all(none, 'none'))
  })

  it('in numbers is a number, with the unit or without', () => {
    const right = ['24', '２４', '24个', '24 个。', '二十四', '二十四个吧', '是24', '大约24个', '24.0']
    expect(verdicts(number, right)).toEqual(all(right, 'right'))
    const wrong = ['23', '二十五', '-24', '240']
    expect(verdicts(number, wrong)).toEqual(all(wrong, 'wrong'))
    const none = ['24块', '24小时营业吗', '一起', '十分感谢', '2024-11-21', '13800138000138', '24还是25']
    expect(verdicts(number, none)).toEqual(all(none, 'none'))
  })

  it('in Chinese numerals is read as people say them', () => {
    const said = {
      十: 10,
      十二: 12,
      一百零五: 105,
      一百五: 150,
      两千: 2000,
      三千零六十: 3060,
      两万三: 23_000,
      十万: 100_000,
      二〇二六: 2026,
    }
    expect(Object.fromEntries(Object.keys(said).map((text) => [text, numberIn(text, null)]))).toEqual(said)
    for (const text of ['百', '十百', '万', '一万万', '五十十']) expect(numberIn(text, null), text).toBeUndefined()
  })

  it('within the allowed difference is right', () => {
    const about = QuestionIn.parse({ question: '多重？', answer: 0.3, within: 0.1 })
    expect(verdicts(about, ['0.2', '0.4', '0.3', '0.41', '1,000'])).toEqual({
      '0.2': 'right',
      '0.4': 'right',
      '0.3': 'right',
      '0.41': 'wrong',
      '1,000': 'wrong',
    })
  })

  it('in words is one of the accepted ones; anything else is just talk', () => {
    const right = ['西红柿', '西紅柿', '西 红 柿！', '答案是西红柿', '西红柿吧', 'TOMATO', 'ｔｏｍａｔｏ']
    expect(verdicts(wording, right)).toEqual(all(right, 'right'))
    expect(verdicts(wording, ['西红柿炒蛋', '番茄', '红柿', ''])).toEqual(
      all(['西红柿炒蛋', '番茄', '红柿', ''], 'none'),
    )
  })

  it('does not depend on width, case, spaces or the words around it', () => {
    const dressed = fc
      .tuple(
        fc.constantFrom('', '选', '我选', '答案是', '应该是 '),
        fc.constantFrom('a', 'b', 'c', 'd'),
        fc.constantFrom('', '吧', '。', '！！', ' ', '呀'),
        fc.boolean(),
        fc.boolean(),
      )
      .map(([before, letter, after, wide, upper]) => {
        const cased = upper ? letter.toUpperCase() : letter
        const typed = wide ? String.fromCharCode(cased.charCodeAt(0) + 0xfee0) : cased
        return { letter, text: ` ${before}${typed}${after}` }
      })
    fc.assert(
      fc.property(dressed, ({ letter, text }) => {
        expect(judge(choice, text)).toBe(letter === 'b' ? 'right' : 'wrong')
      }),
      { numRuns: 200 },
    )
  })

  it('that was written down as accepted is always right, whatever the words', () => {
    const answers = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(answers, (written) => {
        const parsed = QuestionIn.safeParse({ question: '？', answer: written })
        if (!parsed.success || parsed.data.kind !== 'wording') return
        for (const answer of parsed.data.answers) expect(judge(parsed.data, ` ${answer} `)).toBe('right')
      }),
      { numRuns: 200 },
    )
  })

  it('never throws, and long talk is no answer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const question of [choice, truth, number, wording])
          if (text.length > 80) expect(judge(question, text)).toBe('none')
          else judge(question, text)
      }),
      { numRuns: 200 },
    )
  })

  it('every whole number is read back from its figures', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999, max: 999_999_999 }), (value) => {
        expect(numberIn(`是 ${value}个`, '个')).toBe(value)
        expect(numberIn(value.toLocaleString('en'), null)).toBe(value)
      }),
      { numRuns: 200 },
    )
  })
})
