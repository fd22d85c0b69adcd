// Slips in a line of YAML that explain why a file cannot be read: what a value begins with, a colon of the wrong kind, indentation.
import type { Localised } from '../core/types/localised.ts'

/** A slip on a line: its column (from 0), and what is wrong and right. */
export interface LineMistake {
  column: number
  text: Localised
}

/** Dashes of a list and a key with its colon, and the value behind them. */
const parts = /^((?:\s*- +)*\s*)((?:[^\s'"#:：[\]{},&*!|>%@`-][^:：#]*?):[ \t]+)?(.*?)\s*$/u

/** What a value may not begin with when it stands without quotes. */
const starts: readonly [RegExp, Localised][] = [
  [/^\{\{/, { zh: '内容以 {{ 开头', en: 'a value that begins with {{' }],
  [/^-(?:\s|$)/, { zh: '内容以减号开头', en: 'a value that begins with a dash' }],
  [/^\*/, { zh: '内容以 * 开头', en: 'a value that begins with *' }],
  [/^&/, { zh: '内容以 & 开头', en: 'a value that begins with &' }],
  [/^!/, { zh: '内容以 ! 开头', en: 'a value that begins with !' }],
  [/^%/, { zh: '内容以 % 开头', en: 'a value that begins with %' }],
  [/^@/, { zh: '内容以 @ 开头', en: 'a value that begins with @' }],
  [/^`/, { zh: '内容以 ` 开头', en: 'a value that begins with `' }],
  [/^\?\s/, { zh: '内容以 ? 开头', en: 'a value that begins with ?' }],
  [/^[|>](?![+\-\d]*(?:\s|$))/, { zh: '内容以 | 或 > 开头', en: 'a value that begins with | or >' }],
  [/^\[[^\]]*\]\s*[^\s#,\]}]/, { zh: '内容以方括号开头', en: 'a value that begins with a bracket' }],
  [/^\{[^{}]*\}\s*[^\s#,\]}]/, { zh: '内容以大括号开头', en: 'a value that begins with a brace' }],
]

/** The slip of a line that YAML could not read, when it has one of the usual ones. */
export function lineMistake(line: string): LineMistake | undefined {
  const tab = /^[ ]*\t/.exec(line)
  if (tab) {
    return {
      column: line.indexOf('\t'),
      text: {
        zh: '行首用了 Tab 键。请改成空格，每层两个空格。',
        en: 'a tab at the start of the line. Indent with spaces, two for each level.',
      },
    }
  }
  for (const slip of [wideDash, wideColon, tightColon, tightDash, wrongStart, afterQuote, secondColon, openBracket]) {
    const found = slip(line)
    if (found) return found
  }
  return undefined
}

function wideDash(line: string): LineMistake | undefined {
  const [, indent, rest] = /^(\s*)[－—–•·]\s*([^\s—–-].*)$/u.exec(line) ?? []
  if (indent === undefined || rest === undefined) return undefined
  return {
    column: indent.length,
    text: {
      zh: `列表要用英文减号加一个空格开头：${cut(`- ${rest}`)}`,
      en: `an item of a list begins with a plain dash and a space: ${cut(`- ${rest}`)}`,
    },
  }
}

function wideColon(line: string): LineMistake | undefined {
  const wide = /^(\s*(?:- +)*)([^\s'"#：:[{]+)\s*：\s*(.*)$/.exec(line)
  if (!wide || /:(\s|$)/.test(line)) return undefined
  const right = `${wide[2]}: ${wide[3]}`.trimEnd()
  return {
    column: line.indexOf('：'),
    text: {
      zh: `用了中文冒号「：」。请改成英文冒号加一个空格：${cut(right)}`,
      en: `a full-width colon "：". Write a plain colon and a space: ${cut(right)}`,
    },
  }
}

function tightColon(line: string): LineMistake | undefined {
  const tight = /^(\s*(?:- +)*)([\w-]+):([^\s/].*)$/.exec(line)
  if (!tight) return undefined
  return {
    column: line.indexOf(':'),
    text: {
      zh: `冒号后面要有一个空格：${cut(`${tight[2]}: ${tight[3]}`)}`,
      en: `a space must follow the colon: ${cut(`${tight[2]}: ${tight[3]}`)}`,
    },
  }
}

function tightDash(line: string): LineMistake | undefined {
  const [, indent, rest] = /^(\s*)-([^\s-].*:(?:\s.*)?)$/.exec(line) ?? []
  if (indent === undefined || rest === undefined) return undefined
  return {
    column: indent.length,
    text: {
      zh: `减号后面要有一个空格：${cut(`- ${rest}`)}`,
      en: `a space must follow the dash: ${cut(`- ${rest}`)}`,
    },
  }
}

function wrongStart(line: string): LineMistake | undefined {
  const [, before = '', key = '', value = ''] = parts.exec(line) ?? []
  // Without a key or dash it may be the end of something above.
  if (value === '' || (key === '' && !before.includes('-'))) return undefined
  const found = starts.find(([start]) => start.test(value))
  if (!found) return undefined
  const isList = value.startsWith('- ') && key !== ''
  return {
    column: before.length + key.length,
    text: {
      zh: `${found[1].zh}，要整个加上引号：${quoted(value)}${isList ? '；如果是列表，请另起一行写。' : '。'}`,
      en: `${found[1].en} goes into quotes as a whole: ${quoted(value)}${isList ? '; a list begins on the next line.' : '.'}`,
    },
  }
}

function afterQuote(line: string): LineMistake | undefined {
  const [, before = '', key = '', value = ''] = parts.exec(line) ?? []
  const rest = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*([^\s#,\]}:].*)$/.exec(value)?.[1]
  if (rest === undefined) return undefined
  const other = value.startsWith('"') ? "'" : '"'
  return {
    column: before.length + key.length + value.length - rest.length,
    text: {
      zh: `引号后面还有字「${cut(rest)}」。引号要把整个内容包住：${cut(`${other}${value}${other}`)}`,
      en: `there is more behind the closing quote: "${cut(rest)}". Quotes go around the whole value: ${cut(`${other}${value}${other}`)}`,
    },
  }
}

function secondColon(line: string): LineMistake | undefined {
  const [, before = '', key = '', value = ''] = parts.exec(line) ?? []
  if (key === '' || !/^[^'"[\]{}|>&*!#][^'"#]*?:(?:\s|$)/.test(value)) return undefined
  return {
    column: before.length + key.length,
    text: {
      zh: `一行里只能有一个「名称: 值」。内容里带冒号，就整个加上引号：${quoted(value)}`,
      en: `only one "key: value" fits on a line. With a colon in it the whole value goes into quotes: ${quoted(value)}`,
    },
  }
}

function openBracket(line: string): LineMistake | undefined {
  const [, before = '', key = '', value = ''] = parts.exec(line) ?? []
  const open = value[0] ?? ''
  const close = { '[': ']', '{': '}' }[open]
  const plain = value.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\s#.*$/g, '')
  if (close === undefined || plain.split(open).length <= plain.split(close).length) return undefined
  return {
    column: before.length + key.length,
    text: {
      zh: `这里的 ${open} 没有收尾，末尾要有 ${close}。如果 ${open} 就是内容，整个加上引号。`,
      en: `this ${open} is not closed: ${close} belongs at the end. If it is part of a text, put the text in quotes.`,
    },
  }
}

/** A value in quotes that fit it. */
export function quoted(value: string): string {
  const plain = value.replace(/\s+#.*$/, '')
  const shown = cut(plain)
  return plain.includes("'") ? (plain.includes('"') ? `'${shown.replaceAll("'", "''")}'` : `"${shown}"`) : `'${shown}'`
}

/** A line whose indentation fits no level above it. */
export interface Misplaced {
  /** Its number, from 0. */
  line: number
  column: number
  text: Localised
}

/** The first line that stands further right than its neighbours without anything to belong to, or between two levels. */
export function misplacedLine(lines: readonly string[]): Misplaced | undefined {
  let levels: Level[] = []
  /** Lines deeper than this belong to a text that was begun above. */
  let inText: number | undefined
  let opens = true
  for (const [number, line] of lines.entries()) {
    const indent = /^ */.exec(line)?.[0].length ?? 0
    const content = line.slice(indent)
    if (content === '' || content.startsWith('#')) continue
    if (inText !== undefined && indent > inText) continue
    inText = undefined
    const dashes = /^(?:- +)*/.exec(content)?.[0].length ?? 0
    const isItem = dashes > 0 || content === '-'
    const top = levels.at(-1)
    if (top && indent > top.column && !opens) {
      // A text may go on in the next line; a key or an item may not stand there.
      if (!isItem && !/^[^\s'"#:：]+:(\s|$)/.test(content)) continue
      return misplaced(number, indent, fitting(levels, indent, isItem) ?? top)
    }
    const level = levels.findLast(({ column }) => column === indent)
    if (level && level.isItem !== isItem && (indent < (top?.column ?? 0) || !opens))
      return mixed(number, indent, level, content)
    if (top && indent < top.column) {
      if (!levels.some(({ column }) => column === indent))
        return misplaced(number, indent, fitting(levels, indent, isItem) ?? top)
      levels = levels.filter(({ column }) => column <= indent)
    }
    if (levels.at(-1)?.column !== indent) levels.push({ column: indent, line: number, isItem })
    if (dashes > 0) levels.push({ column: indent + dashes, line: number, isItem: false })
    const value = content.slice(dashes)
    opens = value === '-' || value === '' || /:(?:\s+#.*|\s*)$/.test(value)
    if (/(?:^|:\s+|- +)[|>][-+\d]*(?:\s+#.*)?$/.test(value)) inText = indent + dashes
  }
  return undefined
}

interface Level {
  column: number
  line: number
  /** Items of a list begin here, not keys. */
  isItem: boolean
}

/** A key among the items of a list, or an item among keys. */
function mixed(line: number, column: number, level: Level, content: string): Misplaced {
  const isOneDash = level.isItem && level.line === line - 1
  const text = level.isItem
    ? {
        zh: `上面从第 ${level.line + 1} 行起是列表，每项要以「- 」开头：${cut(`- ${content}`)}；${isOneDash ? '如果不是列表，就删掉上一行的减号' : '如果它属于上一项，就多缩进两格'}。`,
        en: `from line ${level.line + 1} on there is a list, so this needs a dash: ${cut(`- ${content}`)}; ${isOneDash ? 'if it is no list, delete the dash of the line before' : 'if it belongs to the item above, indent it by two more spaces'}.`,
      }
    : {
        zh: `上面从第 ${level.line + 1} 行起是「名称: 值」，这一行不要减号：${cut(content.replace(/^-\s*/, ''))}`,
        en: `from line ${level.line + 1} on there are keys, so this line has no dash: ${cut(content.replace(/^-\s*/, ''))}`,
      }
  return { line, column, text }
}

/** The level of the same kind that is nearest to a column. */
function fitting(levels: readonly Level[], column: number, isItem: boolean): Level | undefined {
  return levels
    .filter((level) => level.isItem === isItem)
    .sort((a, b) => Math.abs(a.column - column) - Math.abs(b.column - column))[0]
}

function misplaced(line: number, column: number, level: Level): Misplaced {
  const more = column - level.column
  const count = Math.abs(more)
  return {
    line,
    column,
    text: {
      zh: `这一行开头有 ${column} 个空格，要和第 ${level.line + 1} 行对齐，应该是 ${level.column} 个：${more > 0 ? '删掉' : '补上'} ${count} 个。`,
      en: `this line begins with ${column} spaces; to line up with line ${level.line + 1} it needs ${level.column}: ${more > 0 ? 'delete' : 'add'} ${count}.`,
    },
  }
}

/** @returns at most 40 characters */
export function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
