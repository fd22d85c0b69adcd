// What is told about mistakes in YAML itself, and the slips of Chinese input methods.
import type { YAMLError } from 'yaml'
import type { Localised } from '../core/types/localised.ts'
import { cut } from './yaml-lines.ts'

export const yamlTexts = {
  tooDeep: {
    zh: '层次嵌套得太深，看看是不是多打了很多括号或减号。',
    en: 'nested far too deep; look for a row of stray brackets or dashes.',
  },
  control: {
    zh: '这里有看不见的控制字符，文件可能坏了。删掉它，或从备份里找回这个文件。',
    en: 'an invisible control character; the file may be damaged. Delete it or take the file from a backup.',
  },
  directive: {
    zh: '不要写「%YAML」这样的行，删掉它和下面的「---」。',
    en: 'leave out lines such as "%YAML": delete it and the "---" below.',
  },
  alias: {
    zh: '这里用了引用（* 开头）。请把内容直接写出来；如果是文字，请加引号。',
    en: 'a reference (starting with *). Write the content out; if it is meant as text, put it in quotes.',
  },
  reserved: { zh: '「__proto__」不能当名称。', en: '"__proto__" cannot be a key.' },
  invisible: (name: string): Localised => {
    const right = name.replaceAll(/[\u00a0\u200b-\u200f\u2028-\u202e\u2060\ufeff]/g, '')
    return {
      zh: `名称「${right}」里有看不见的字符（多半是复制带来的），请把这一行删掉，重新打一遍。`,
      en: `the key "${right}" holds an invisible character, most likely from copying; delete the line and type it again.`,
    }
  },
  spaceAround: (name: string): Localised => ({
    zh: `名称「${name}」前后有空格（可能是全角空格），请删掉，只用半角空格缩进。`,
    en: `the key "${name}" has a space (perhaps a full-width one) around it; delete it and indent with plain spaces.`,
  }),
  leadingZero: (source: string, value: number): Localised => ({
    zh: `${source} 会被当成数字 ${value}。编码请加引号：'${source}'；数字请写 ${value}。`,
    en: `${source} would be read as the number ${value}. Quote a code: '${source}'; write a number as ${value}.`,
  }),
  wideQuotes: (source: string): Localised => ({
    zh: `这里的引号是中文引号，请改成英文引号：'${source.slice(1, -1)}'；如果就要显示中文引号，外面再加一层英文引号：'${source}'。`,
    en: `these are Chinese quotes; write '${source.slice(1, -1)}', or, to show them, '${source}'.`,
  }),
  oneQuote: (source: string): Localised => ({
    zh: `引号没有配对：${source}。前面也要有引号；如果引号就是内容，外面再加一层另一种引号。`,
    en: `a quote without its other half: ${source}. Start with a quote too, or quote it all if the quote is part of the text.`,
  }),
  keyLike: (source: string): Localised => ({
    zh: `这里像是「名称: 值」，但冒号写法不对。请用英文冒号加一个空格：${cut(source.replace(/[:：]\s*/, ': '))}；如果是一句话，请加引号。`,
    en: `this looks like "key: value", but the colon is not right. Write ${cut(source.replace(/[:：]\s*/, ': '))}, or quote it if it is text.`,
  }),
  wideComma: (source: string): Localised => ({
    zh: `方括号里要用英文逗号隔开：[${source.split(/[，、]/).join(', ')}]；如果是一整句话，请加引号：'${source}'。`,
    en: `inside brackets separate with a plain comma: [${source.split(/[，、]/).join(', ')}]; quote it if it is one text: '${source}'.`,
  }),
}

export const wideIndent: Localised = {
  zh: '行首有全角空格。请改成半角空格，每层两个。',
  en: 'a full-width space at the start of the line. Indent with plain spaces, two for each level.',
}

/** What a syntax error means to somebody who never heard of YAML. */
export function syntaxText(error: YAMLError, text: string): Localised {
  const found = error.message.includes('quote') ? quoteText : (syntaxTexts[error.code] ?? otherText)
  return typeof found === 'function' ? found(error, text) : found
}

const quoteText: Localised = {
  zh: '有一个引号没有配对：前面的引号开了头，到这里还没有收尾。',
  en: 'a quote was opened before and not closed by here.',
}

const otherText: Localised = {
  zh: '这里的格式看不懂。看看这一行和上一行的缩进、冒号、引号和括号。',
  en: 'this cannot be read. Look at the indentation, colon, quotes and brackets of this line and the one before.',
}

export const indentText: Localised = {
  zh: '缩进没有对齐：同一层的行要从同一列开始，下一层多两个空格；括号要成对。',
  en: 'the indentation does not line up: lines of one level start in one column, the next level two spaces further; brackets come in pairs.',
}

const syntaxTexts: Partial<Record<YAMLError['code'], Localised | ((error: YAMLError, text: string) => Localised)>> = {
  BAD_INDENT: indentText,
  BLOCK_IN_FLOW: indentText,
  UNEXPECTED_TOKEN: indentText,
  DUPLICATE_KEY(error, text) {
    const line = text.slice(text.lastIndexOf('\n', error.pos[0] - 1) + 1)
    const key = /^\s*(?:- +)*([^:\n]*)/.exec(line)?.[1]?.trim() ?? ''
    return {
      zh: `「${cut(key)}」在同一层写了两次，请删掉一个或合并。`,
      en: `"${cut(key)}" is there twice on one level; delete one or merge them.`,
    }
  },
  TAB_AS_INDENT: {
    zh: '缩进用了 Tab 键。请改成空格，每层两个空格。',
    en: 'a tab is used to indent. Use spaces, two for each level.',
  },
  MISSING_CHAR: {
    zh: '这里少了冒号、逗号或括号。名称后面要写英文冒号和一个空格，例如 name: 值。',
    en: 'a colon, comma or bracket is missing. After a key comes a colon and a space, as in name: value.',
  },
  MULTILINE_IMPLICIT_KEY: {
    zh: '这一行少了冒号，或者上一行的内容没有结束。名称后面要写英文冒号和一个空格。',
    en: 'this line lacks a colon, or the line before is not finished. After a key comes a colon and a space.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    zh: '一行里只能有一个「名称: 值」。内容里带冒号的话，请把整个内容加上引号。',
    en: 'only one "key: value" fits on a line. Put the whole value in quotes when it contains a colon.',
  },
  BAD_SCALAR_START(error, text) {
    const sign = text[error.pos[0]] ?? ''
    return {
      zh: `内容不能直接以 ${sign} 开头，请把整个内容加上引号。`,
      en: `a value cannot start with ${sign}; put the whole value in quotes.`,
    }
  },
  BAD_DQ_ESCAPE: {
    zh: '双引号里的反斜杠 \\ 有特殊含义，请改用单引号，或写两个反斜杠。',
    en: 'a backslash in double quotes has a meaning of its own; use single quotes or write it twice.',
  },
  MULTIPLE_DOCS: {
    zh: '「---」把文件分成了两半，请删掉这一行。',
    en: '"---" cuts the file in two; delete the line.',
  },
  TAG_RESOLVE_FAILED: {
    zh: '内容不能直接以 ! 开头，请把整个内容加上引号。',
    en: 'a value cannot start with !; put the whole value in quotes.',
  },
  BAD_ALIAS: {
    zh: '内容不能直接以 * 或 & 开头，请把整个内容加上引号。',
    en: 'a value cannot start with * or &; put the whole value in quotes.',
  },
  BAD_DIRECTIVE: {
    zh: '行首不能是 %，请把整个内容加上引号。',
    en: 'a line cannot start with %; put the whole value in quotes.',
  },
  NON_STRING_KEY: {
    zh: '名称只能是文字，不能是列表或一组值。看看是不是多了括号。',
    en: 'a key must be text, not a list or a map. Look for stray brackets.',
  },
}
