// How the answer library takes a text apart: into Chinese characters, words of an alphabet and numbers, whatever the words of courtesy.
import { stemmer } from 'stemmer'
import { canonical } from '../core/lib/text.ts'

/** Units of a text that take part in ranking; what follows is cut. A question is rarely longer than 40. */
export const readLength = 128
/** Letters that are looked at to find them. */
const lookedAt = 1024

/** Other wordings of the same question word, pronoun or auxiliary, under the one that is compared; empty for courtesies. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^(?:(?:你好|您好|大家好|哈喽|在吗|亲|hello|hi)[呀啊]? )+/, ''],
  [/ (?:(?:谢谢|多谢|感谢|谢啦)[了啦啊呀你您]{0,2}|在线等|thanks|thank you)$/, ''],
  [/为什么|为啥|为何|怎么会|咋会|干嘛|干吗/g, '为什么'],
  [/怎么样|怎样|如何|咋样|咋|怎么/g, '怎么'],
  [/什么时候|啥时候|啥时|几时|什么时间/g, '何时'],
  [/什么|啥|神马/g, '什么'],
  [/哪里|哪儿|何处/g, '哪里'],
  [/可不可以|能不能够|能不能|是否可以|能否|可否|能够|可以/g, '能'],
  [/是不是|是否/g, '是不'],
  [/有没有|有木有/g, '有没'],
  [/没有|木有|未/g, '没'],
  [/您|你们/g, '你'],
  [/咱们|我们|咱|俺/g, '我'],
  [/\bu\b|\by(?:a|all|ou guys|ou all)\b/g, 'you'],
  [/\bur\b/g, 'your'],
  [/\br\b/g, 'are'],
  [/\b(what|where|when|how|who)'?s\b/g, '$1 is'],
  [/\bi'?m\b/g, 'i am'],
  [/\b(?:can ?not|cant|can't)\b/g, 'can not'],
  [/\b(?:pls|plz|thx)\b/g, ''],
  [/请问一下|请问|谁知道|想问一下|想问|请教|求问|问一下|告诉我|麻烦|帮我|帮忙|\bplease\b/g, ''],
]
const anyUnit = /\p{Script=Latin}+|\p{Nd}+|[\p{L}\p{N}]/gu
/** A word of English: its ending says nothing of what is asked. */
const word = /^[a-z]{3,}$/
const apart = /[^\p{L}\p{N}']+/gu

/** The units of a text of any length, in linear time. @returns also the text they were found in, words of courtesy left out */
export function unitsOf(text: string): { worded: string; units: string[] } {
  const said = canonical(text).slice(0, lookedAt).replace(apart, ' ').trim()
  const worded = wordings.reduce((so, [other, one]) => so.replace(other, one), said)
  const units = found(worded)
  // A text made of courtesies only (an entry for 你好) is read as it stands.
  return { worded, units: units.length > 0 ? units : found(said) }
}

function found(text: string): string[] {
  return (text.match(anyUnit) ?? []).slice(0, readLength).map(stemOf)
}

/** The stem of an English word; any other unit as it is. */
export function stemOf(unit: string): string {
  return word.test(unit) ? stemmer(unit) : unit
}
