// What is wrong with a pattern (RE2 syntax), in words for somebody who writes few of them.
import { RE2JSSyntaxException } from 're2js'
import type { Localised } from '../types/localised.ts'

/** RE2's own words for each kind of error, and what they mean. */
const meanings: Record<string, Localised> = {
  'missing closing )': { zh: '少了右括号 )', en: 'a ) is missing' },
  'unexpected )': {
    zh: '多了右括号 )，括号就是内容时写 \\)',
    en: 'there is a ) too many; as part of the text write \\)',
  },
  'missing closing ]': { zh: '少了右方括号 ]', en: 'a ] is missing' },
  'missing argument to repetition operator': {
    zh: '前面没有可以重复的内容，符号就是内容时前面加 \\',
    en: 'there is nothing before it to repeat; as part of the text write \\ before it',
  },
  'invalid nested repetition operator': {
    zh: '两个重复符号不能连着写，只留一个',
    en: 'two signs of repetition follow each other; keep one',
  },
  'invalid repeat count': {
    zh: '重复次数写得不对：先小后大，连同外层一共最多 1000 次',
    en: 'the count is wrong: the smaller comes first, at most 1000 in all',
  },
  'trailing backslash at end of expression': { zh: '末尾多了一个 \\', en: 'there is a \\ too many at the end' },
  'invalid escape sequence': {
    zh: '反斜杠后面的写法不认识；不支持 \\1 这样的回引',
    en: 'this is not known behind a backslash; references such as \\1 are not supported',
  },
  'invalid or unsupported Perl syntax': {
    zh: '不支持这种写法（例如 (?= 和 (?! 前后查找），不该出现的词请写进 none',
    en: 'this form, such as looking ahead with (?= or (?!, is not supported; put words that must not occur under none',
  },
  'invalid named capture': {
    zh: '不支持这种写法（(?<= 和 (?<! 向前查找，或分组的名字不对）',
    en: 'this form is not supported: looking behind with (?<= or (?<!, or a group of a wrong name',
  },
  'invalid character class range': {
    zh: '方括号里的范围不对，应该从小到大，例如 [a-z]、[0-9]',
    en: 'a range in brackets is wrong; it goes from small to large, such as [a-z] or [0-9]',
  },
  'duplicate capture group name': { zh: '两个分组用了同一个名字', en: 'two groups have the same name' },
  'expression nests too deeply': { zh: '括号套得太深', en: 'brackets within brackets, too many' },
  'expression too large': { zh: '太长或太复杂', en: 'it is too long or too complex' },
}

/** @returns why a pattern cannot be compiled, with the part it is about; undefined when it can */
export function patternTrouble(compile: () => unknown): Localised | undefined {
  try {
    compile()
    return undefined
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    const { error: kind, input } = error as RE2JSSyntaxException & { error?: string; input?: string }
    const meaning = meanings[kind ?? ''] ?? { zh: '写法不认识', en: 'it is not written right' }
    const part = input ? { zh: `「${input}」：`, en: `"${input}": ` } : { zh: '', en: '' }
    return { zh: part.zh + meaning.zh, en: part.en + meaning.en }
  }
}
