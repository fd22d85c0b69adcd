// YAML that is legal and that nobody means: told as warnings, each at its line with the cure.
import { isScalar, visit, type Document, type Scalar } from 'yaml'
import type { Localised } from '../core/types/localised.ts'
import { cut, quoted } from './yaml-lines.ts'

/** Something that a file says otherwise than its writer means; `offset` leads to its place in the text. */
export interface Trap {
  offset: number
  text: Localised
}

/** Keys under which texts are no sentences: what looks like a slip there is meant. */
const otherTexts = new Set(['patterns', 'pattern', 'do', 'file', 'picture', 'tables', 'library'])

export function trapsIn(document: Document.Parsed, text: string): Trap[] {
  const found: Trap[] = []
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.range) return
      const names = ancestors.flatMap((ancestor) =>
        'key' in ancestor && isScalar(ancestor.key) ? String(ancestor.key.value) : [],
      )
      const isSentence = !names.some((name) => otherTexts.has(name))
      for (const trap of [cutAt, folded, ...(isSentence ? [lineEnd, brace, everybody] : [])]) {
        const slip = trap(node, text)
        if (slip) {
          found.push(slip)
          // One mistake, one message.
          break
        }
      }
    },
  })
  return found
}

/** A text that ends where a comment was not meant: 请打 #1 窗口. */
function cutAt({ type, range, source = '' }: Scalar, text: string): Trap | undefined {
  if (type !== 'PLAIN' || !range || source === '') return undefined
  const [, blanks = '', comment] = /^([ \t]+)(#[^\s#!][^\n]*)/.exec(text.slice(range[1])) ?? []
  if (comment === undefined) return undefined
  const whole = `${source}${blanks}${comment.trimEnd()}`
  return {
    offset: range[1] + blanks.length,
    text: {
      zh: `「#」前面有空格，后面的「${cut(comment.slice(1).trim())}」被当成说明去掉了，内容只剩「${cut(source)}」。要留着就整个加引号：'${cut(whole.replaceAll("'", "''"))}'；真是说明就在 # 后面加个空格。`,
      en: `behind a space, "#" begins a comment, so "${cut(comment.slice(1).trim())}" is left out and only "${cut(source)}" remains. Quote it all to keep it: '${cut(whole.replaceAll("'", "''"))}'; for a comment put a space behind the #.`,
    },
  }
}

/** Several lines that become one. */
function folded({ type, range, value }: Scalar, text: string): Trap | undefined {
  if (!range || typeof value !== 'string') return undefined
  const source = text.slice(range[0], range[1])
  const lines = source
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
  const isFolded =
    type === 'BLOCK_FOLDED'
      ? lines.length > 2 && /\p{Script=Han} \S|\S \p{Script=Han}/u.test(value)
      : type !== 'BLOCK_LITERAL' && lines.length > 1
  // A backslash at the end of a line joins it on purpose.
  if (!isFolded || (type === 'QUOTE_DOUBLE' && lines.slice(0, -1).every((line) => line.endsWith('\\'))))
    return undefined
  return {
    offset: range[0],
    text: {
      zh: `这几行会连成一行，换行变成空格：「${cut(value)}」。要分行，就在冒号后面写 |-，内容从下一行开始、多缩进两格。`,
      en: `these lines become one, with spaces for line ends: "${cut(value)}". To keep them apart write |- behind the colon and the text below, two spaces further.`,
    },
  }
}

/** `\n` where it is not read as a line end. */
function lineEnd({ type, range, source, value }: Scalar): Trap | undefined {
  if (!range || (type !== 'QUOTE_SINGLE' && type !== 'PLAIN') || typeof value !== 'string') return undefined
  if (!/\\n/.test(value) || /^[\w.\\/:-]+\.\w{1,5}$/.test(value)) return undefined
  const plain = (source ?? value).replaceAll('"', '\\"')
  return {
    offset: range[0],
    text: {
      zh: `这里的 \\n 会原样发出来，不会换行。请用双引号："${cut(plain)}"，或者写 |- 再分行写。`,
      en: `this \\n would be sent as it stands, not as a line end. Use double quotes: "${cut(plain)}", or |- and real lines.`,
    },
  }
}

/** A variable in half of its braces, or in full-width ones. */
function brace({ range, value }: Scalar): Trap | undefined {
  if (!range || typeof value !== 'string') return undefined
  const found = /[{｛]+\s*([\p{L}_][\p{L}\p{N}_]{0,19})\s*[}｝]+/gu
  for (const [typed, name] of value.matchAll(found)) {
    if (/^\{\{[^{}｛｝]*\}\}$/.test(typed) || /^\{\{\{[^{}｛｝]*\}\}\}$/.test(typed)) continue
    return {
      offset: range[0],
      text: {
        zh: `「${typed}」会原样发出来。变量要写成两个半角大括号：{{${name}}}。`,
        en: `"${typed}" would be sent as it stands. A variable is written with two plain braces: {{${name}}}.`,
      },
    }
  }
  return undefined
}

function everybody({ range, value }: Scalar): Trap | undefined {
  const typed =
    typeof value === 'string'
      ? /(?<![\w.])[@＠]\s*(?:所有人|全体成员|全员|全体|everyone|all)(?![\p{L}\p{N}])/iu.exec(value)?.[0]
      : undefined
  if (!range || typed === undefined) return undefined
  return {
    offset: range[0],
    text: {
      zh: `机器人发「${typed}」只是几个字，不会提醒任何人（网页版微信做不到）。请删掉，要紧的事由群主自己发。`,
      en: `"${typed}" from the bot is only text and calls nobody (web WeChat cannot). Leave it out; the group's owner can post what is urgent.`,
    },
  }
}

/** What stands where a value is missing because it begins with `#`. */
export function commentAsValue(node: Scalar, text: string): Localised | undefined {
  if (node.value !== null || !node.range) return undefined
  const start = node.range[0]
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1).split('\n', 1)[0] ?? ''
  const comment = /(?::|-)\s+(#[^\s#!].*)$/.exec(line)?.[1]
  if (comment === undefined) return undefined
  return {
    zh: `内容以 # 开头，被当成了说明，这里就空了。请加引号：${quoted(comment)}`,
    en: `a value that begins with # is read as a comment, so nothing is left. Put it in quotes: ${quoted(comment)}`,
  }
}
