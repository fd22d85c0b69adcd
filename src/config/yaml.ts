// One YAML file as plain data in which every value knows its line and column, and all that is wrong with it as YAML.
import { isCollection, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, Node, Pair, Scalar, YAMLError } from 'yaml'
import type { Localised } from '../core/types/localised.ts'
import type { Language, Place, Problem } from './problem.ts'
import { indentText, syntaxText, wideIndent, yamlTexts } from './yaml-texts.ts'
import { lineMistake, misplacedLine } from './yaml-lines.ts'
import { commentAsValue, trapsIn } from './yaml-traps.ts'

/** Keys and list positions that lead to a value. */
export type Path = readonly (string | number)[]

/** A file that was read, with the place of everything in it. */
export interface Yaml {
  /** As the operator knows it, e.g. `config/groups.yaml`. */
  file: string
  /** Plain JSON data; null when the file says nothing, undefined when it cannot be read as YAML. */
  value: unknown
  problems: Problem[]
  /** What it says otherwise than its writer most likely means. */
  warnings: Problem[]
  /** How many parts of the path are in the file. */
  depth(path: Path): number
  /** Where the value (or its key) is; of what is not there, where it would belong. */
  place(path: Path, at?: 'key'): Place
}

/** A file that is not there or not readable: every place in it is its beginning. */
export function noYaml(file: string, problems: Problem[] = []): Yaml {
  const value = problems.length > 0 ? undefined : null
  return { file, value, problems, warnings: [], depth: () => 0, place: () => ({ file, line: 1, column: 1 }) }
}

/** @param text the decoded file, without a byte order mark */
export function readYaml(file: string, text: string, language: Language): Yaml {
  const lines = new LineCounter()
  const problems: Problem[] = []
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(Math.max(0, offset), Math.max(0, text.trimEnd().length)))
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const complain = (offset: number, what: Localised) => problems.push({ ...at(offset), text: what[language] })

  const deep = text.split('\n').findIndex(opensTooMuch)
  if (deep >= 0) return noYaml(file, [{ file, line: deep + 1, column: 1, text: yamlTexts.tooDeep[language] }])
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, version: '1.2' })

  const control = text.search(/[^\P{Cc}\t\n\r]|\ufffd/u)
  if (control >= 0) complain(control, yamlTexts.control)
  if (document.directives?.yaml.explicit) complain(0, yamlTexts.directive)
  // One slip makes many errors after it: only the first is told, and every doubled key.
  let aliases = false
  const errors = [...document.errors, ...document.warnings]
  for (const error of errors.filter((error, i) => i === 0 || error.code === 'DUPLICATE_KEY')) {
    const start = error.pos[0]
    const hint = error.code === 'DUPLICATE_KEY' ? undefined : cause(error, document, text)
    if (hint) complain(hint.offset, hint.text)
    else complain(start, syntaxText(error, text))
  }
  if (errors.length === 0) {
    visit(document, {
      Alias(_key, node) {
        const start = node.range?.[0] ?? 0
        const lineStart = text.lastIndexOf('\n', start - 1) + 1
        const slip = lineMistake(text.slice(lineStart).split('\n', 1)[0] ?? '')
        complain(start, slip && lineStart + slip.column === start ? slip.text : yamlTexts.alias)
        aliases = true
      },
      Scalar(key, node, ancestors) {
        const parent = ancestors.at(-1)
        const inFlow = ancestors.some((ancestor) => isCollection(ancestor) && ancestor.flow === true)
        const doubt =
          key === 'key'
            ? doubtfulKey(node)
            : (commentAsValue(node, text) ??
              doubtfulValue(node, inFlow, isPair(parent) && startsBelow(parent, node, text)))
        if (doubt) complain(node.range?.[0] ?? 0, doubt)
      },
    })
  }
  if (errors.length > 0 || aliases) return noYaml(file, problems)

  const walk = (path: Path) => {
    let node: Node | null = document.contents
    let place = 0
    let depth = 0
    let key = 0
    for (const part of path) {
      const step: Step | undefined = stepInto(node, part)
      if (!step) break
      key = step.key
      node = step.node
      // A block list or map starts on the line after its key, which is the better place to look at.
      place = isCollection(node) && node.flow !== true ? step.key : (node?.range?.[0] ?? step.key)
      depth += 1
    }
    return { place, key, depth }
  }
  return {
    file,
    value: document.toJS() as unknown,
    problems,
    warnings: trapsIn(document, text).map((trap) => ({ ...at(trap.offset), text: trap.text[language] })),
    depth: (path) => walk(path).depth,
    place(path, want) {
      const { place, key, depth } = walk(path)
      return at(want === 'key' || depth < path.length ? key : place)
    },
  }
}

interface Step {
  node: Node | null
  /** Offset of the key, or of a list's item. */
  key: number
}

function stepInto(node: Node | null, part: string | number): Step | undefined {
  if (isMap<Scalar, Node | null>(node)) {
    const pair = node.items.find((item) => String(item.key.value) === String(part))
    return pair && { node: pair.value, key: pair.key.range?.[0] ?? 0 }
  }
  if (isSeq<Node>(node) && typeof part === 'number') {
    const item = node.items[part]
    return item && { node: item, key: item.range?.[0] ?? 0 }
  }
  return undefined
}

/** A line that opens more levels than this is a slip of the keyboard; the parser takes minutes, or all memory, over it. */
const levelsPerLine = 50

function opensTooMuch(line: string): boolean {
  const open = line.replace(/[^[{]/g, '').length - line.replace(/[^\]}]/g, '').length
  return open > levelsPerLine || line.trimStart().startsWith('- '.repeat(levelsPerLine))
}

interface Cause {
  offset: number
  text: Localised
}

/** What most likely made a syntax error, where that is elsewhere or more telling than the error itself. */
function cause(error: YAMLError, document: Document.Parsed, text: string): Cause | undefined {
  const offset = error.pos[0]
  if (error.message.includes('quote')) {
    let opened: number | undefined
    visit(document, {
      Scalar(_key, { range, type }) {
        if (type?.startsWith('QUOTE_') && range && range[0] < offset && range[2] >= offset - 1) opened = range[0]
      },
    })
    return opened === undefined ? undefined : { offset: opened, text: syntaxText(error, text) }
  }
  const lines = text.split('\n')
  const number = text.slice(0, offset).split('\n').length - 1
  // What begins a new item is noticed at the blank line before it.
  const next = (lines[number] ?? '').trim() === '' ? lines.findIndex((line, n) => n > number && line.trim() !== '') : -1
  const near = [...(next > 0 ? [next] : []), number, ...earlierLines(lines, number)]
  for (const n of near) {
    const slip = lineMistake(lines[n] ?? '')
    if (slip) return { offset: offsetOf(lines, n) + slip.column, text: slip.text }
  }
  const wide = text.slice(0, offset + 1).search(/^[ ]*[\u3000\u00a0].*:(?![^]*^[ ]*[\u3000\u00a0].*:)/m)
  if (wide >= 0) return { offset: wide, text: wideIndent }
  const misplaced = misplacedLine(lines)
  if (misplaced && misplaced.line <= Math.max(number + 1, next))
    return { offset: offsetOf(lines, misplaced.line) + misplaced.column, text: misplaced.text }
  // A second `key: value` on one line, unless it is the next line that stands too far right.
  const lineEnd = text.indexOf('\n', offset)
  const single = lineEnd >= 0 && !/:(\s|$)/.test(text.slice(offset, lineEnd))
  return error.code === 'BLOCK_AS_IMPLICIT_KEY' && single ? { offset: lineEnd + 1, text: indentText } : undefined
}

/** Lines above an error at which the slip may be: what is not finished there is noticed later. */
function earlierLines(lines: readonly string[], from: number): number[] {
  const found: number[] = []
  for (let n = from - 1; n >= 0 && found.length < 2; n -= 1) if ((lines[n] ?? '').trim() !== '') found.push(n)
  return found
}

function offsetOf(lines: readonly string[], number: number): number {
  return lines.slice(0, number).reduce((sum, line) => sum + line.length + 1, 0)
}

function startsBelow(pair: Pair, node: Scalar, text: string): boolean {
  const from = isScalar(pair.key) ? pair.key.range?.[1] : undefined
  return text.slice(from ?? node.range?.[0], node.range?.[0]).includes('\n')
}

function doubtfulKey({ value }: Scalar): Localised | undefined {
  const name = String(value)
  if (name === '__proto__') return yamlTexts.reserved
  if (/[\u00a0\u200b-\u200f\u2028-\u202e\u2060\ufeff]/.test(name)) return yamlTexts.invisible(name)
  if (name !== name.trim()) return yamlTexts.spaceAround(name)
  return undefined
}

/** Unquoted values that are not what they look like. */
function doubtfulValue({ type, source = '', value }: Scalar, inFlow: boolean, below: boolean): Localised | undefined {
  if (type !== 'PLAIN') return undefined
  if (typeof value === 'number' && /^[-+]?0[0-9xo]/.test(source)) return yamlTexts.leadingZero(source, value)
  if (/^([“”„＂][^“”＂]*[“”＂]|[‘’＇][^‘’＇]*[‘’＇])$/.test(source)) return yamlTexts.wideQuotes(source)
  if (/^[^'"]+['"]$/.test(source)) return yamlTexts.oneQuote(source)
  if (below && /^[a-z]\w*(：|:(?!\/\/))/i.test(source)) return yamlTexts.keyLike(source)
  if (inFlow && /[，、]/.test(source)) return yamlTexts.wideComma(source)
  return undefined
}
