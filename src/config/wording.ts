// Runs a schema over an operator's values and tells every issue in his words: what is wrong and what would be right.
import { z } from 'zod'
import { cleared } from './clear.ts'
import { show, say } from './phrases.ts'
import type { Language, Place } from './problem.ts'
import { nearest } from '../core/lib/spelling.ts'
import type { Path } from './yaml.ts'

/** Something wrong at a path; `at: 'key'` means the key, not its value. */
export interface Issue {
  path: Path
  at?: 'key'
  text: string
  warning?: true
  /** The key that was most likely meant by an unknown one. */
  meant?: string
  isUnknown?: true
  /** There is no such key, or nothing behind it. */
  lack?: 'key' | 'value'
  /** Where it is, when that is not in the settings themselves but in a file that they name. */
  place?: Place
}

/** What a schema made of a value, or all that is wrong with it. */
export type Parsed<T> = { ok: true; data: T } | { ok: false; issues: Issue[] }

/** What the schema knows at the place of an issue; noted there because a finished issue no longer says. */
type Noted = z.core.$ZodIssue & { known?: readonly string[]; examples?: readonly unknown[]; input?: unknown }

/**
 * @param alsoKnown keys of the topmost level that others read, for "did you mean"
 */
export function parse<T>(
  schema: z.ZodType<T>,
  value: unknown,
  language: Language,
  alsoKnown: readonly string[] = [],
): Parsed<T> {
  const options = { error: noteSchema, reportInput: true }
  let result = schema.safeParse(value, options)
  // A value of a form that was put right may show another one that can be.
  for (let tries = 0; !result.success && tries < 3; tries += 1) {
    const clear = cleared(value, result.error.issues)
    if (clear === undefined) break
    value = clear
    result = schema.safeParse(value, options)
  }
  if (result.success) return { ok: true, data: result.data }
  const issues = result.error.issues.flatMap((issue) => told(issue, [], language, alsoKnown))
  return { ok: false, issues: oncePerMistake(issues, language) }
}

// zod copies what is set on the raw issue into the finished one. An empty message keeps zod's own English out.
const noteSchema: z.core.$ZodErrorMap = (issue) => {
  const def = issue.schema?._zod.def
  if (def && 'shape' in def) issue['known'] = Object.keys(def.shape as object)
  if (issue.schema) issue['examples'] = z.globalRegistry.get(issue.schema)?.examples
  return ''
}

function told(raw: z.core.$ZodIssue, before: Path, language: Language, alsoKnown: readonly string[]): Issue[] {
  const issue: Noted = raw
  const path: Path = [...before, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))]
  const single = (text: string, at?: 'key'): Issue[] => [{ path, text, ...(at && { at }) }]
  const mismatch = (found: Noted) => {
    if (found.input === undefined) return say.missing(path, wanted(found, language))[language]
    return say.wrong(path, wanted(found, language), found.input, typesOf(found), {
      near: guess(found),
      shapes: shapesOf(found),
    })[language]
  }
  // The schema's own sentence for a place wins.
  if (issue.message !== '') return single(issue.message)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = [...(issue.known ?? []), ...(path.length === 0 ? alsoKnown : [])]
      return issue.keys.map((key) => {
        const glued = gluedKey(key, known)
        const meant = glued?.name ?? nearest(key, known)
        const text = glued ? say.glued(key, glued) : say.unknownKey(key, meant, known)
        return {
          path: [...path, key],
          at: 'key' as const,
          text: text[language],
          isUnknown: true as const,
          ...(meant !== undefined && { meant }),
        }
      })
    }
    case 'invalid_union': {
      const best = bestBranch(issue.errors)
      if (best) return best.flatMap((inner) => told(inner, path, language, []))
      return single(mismatch({ ...issue, input: discriminated(issue) })).map((found) => lacking(found, issue.input))
    }
    case 'invalid_key': {
      const inner = issue.issues.flatMap((part) => told(part, path, language, []))
      const own = issue.issues.find((part) => part.code === 'custom' || part.message !== '')
      if (own) return inner.map(({ text }) => ({ path, at: 'key', text }))
      const [first]: Noted[] = issue.issues
      return single(say.badKey(String(path.at(-1)), first?.examples)[language], 'key')
    }
    case 'invalid_element':
      return issue.issues.flatMap((inner) => told(inner, path, language, []))
    case 'invalid_type':
    case 'invalid_value':
      return single(mismatch(issue)).map((found) => lacking(found, issue.input))
    case 'too_small':
    case 'too_big':
      return single(say.size(path, issue, issue.input)[language])
    case 'not_multiple_of':
      return single(say.multiple(path, issue.divisor, issue.input)[language])
    case 'invalid_format':
      return single(say.format(path, issue, issue.examples, issue.input)[language])
    case 'custom': {
      const own = issue.params?.[language] as unknown
      return single(typeof own === 'string' ? own : say.custom(path, issue.input)[language])
    }
  }
}

/** One mistake, one message: a key that is misspelt is also missing, and one that stands too far left leaves the key above it empty. */
function oncePerMistake(issues: readonly Issue[], language: Language): Issue[] {
  const keyOf = (path: Path) => path.join('\n')
  const meant = new Set(
    issues.flatMap(({ meant: key, path }) => (key === undefined ? [] : [keyOf([...path.slice(0, -1), key])])),
  )
  const empty = new Map(
    issues.flatMap(({ path, lack }) => (lack === 'value' ? [[keyOf(path.slice(0, -1)), path]] : [])),
  )
  const children = new Map(
    issues.flatMap((issue) => {
      const parent =
        issue.isUnknown && issue.meant === undefined ? empty.get(keyOf(issue.path.slice(0, -1))) : undefined
      return parent ? [[issue, parent]] : []
    }),
  )
  const parents = new Set([...children.values()].map(keyOf))
  return issues.flatMap((issue) => {
    if (issue.lack === 'key' && meant.has(keyOf(issue.path))) return []
    if (issue.lack === 'value' && parents.has(keyOf(issue.path))) return []
    const parent = children.get(issue)
    return [parent ? { ...issue, text: say.outdented(issue.path, parent)[language] } : issue]
  })
}

/** Of the forms a value may have, the one the operator most likely meant: those of another type are out. */
function bestBranch(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const meant = branches.filter((branch) => !branch.some((issue) => issue.path.length === 0 && isKind(issue)))
  return meant.sort((a, b) => a.length - b.length)[0]
}

function isKind(issue: z.core.$ZodIssue): boolean {
  return (
    issue.code === 'invalid_type' ||
    issue.code === 'invalid_value' ||
    (issue.code === 'invalid_union' && !bestBranch(issue.errors))
  )
}

/** What would be right, in words: `整数`, `true 或 false`, `a、b 或 c`. */
function wanted(issue: z.core.$ZodIssue, language: Language): string {
  const all = alternatives(issue, language)
  return say.either([...new Set(all)])[language]
}

function alternatives(issue: z.core.$ZodIssue, language: Language): string[] {
  if (issue.code === 'invalid_type') return [say.type(issue.expected)[language]]
  if (issue.code === 'invalid_value') return issue.values.map((value) => show(value))
  if (issue.code === 'invalid_union') {
    if ('options' in issue && issue.options) return issue.options.map((value) => show(value))
    return issue.errors.flatMap((branch) => branch.slice(0, 1).flatMap((inner) => alternatives(inner, language)))
  }
  return []
}

/** The types that would have been right. */
function typesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_type') return [issue.expected]
  return issue.code === 'invalid_union' ? issue.errors.flatMap((branch) => branch.slice(0, 1).flatMap(typesOf)) : []
}

function lacking(found: Issue, input: unknown): Issue {
  return input === undefined ? { ...found, lack: 'key' } : input === null ? { ...found, lack: 'value' } : found
}

/** A key and its value in one: `days:30`, `points：5`, `points 5`. */
function gluedKey(key: string, known: readonly string[]): { name: string; value: string } | undefined {
  const [, name = '', value = ''] = /^([\p{L}_]\w*)\s*[:： =＝]\s*(.+)$/u.exec(key) ?? []
  const meant = known.find((other) => other.toLowerCase() === name.toLowerCase())
  return meant === undefined ? undefined : { name: meant, value }
}

/** Keys of the sets that would have been right, one list for each form. */
function shapesOf(issue: Noted): string[][] {
  if (issue.code === 'invalid_type') return issue.expected === 'object' && issue.known ? [[...issue.known]] : []
  return issue.code === 'invalid_union' ? issue.errors.flatMap((branch) => branch.slice(0, 1).flatMap(shapesOf)) : []
}

function guess(issue: Noted): string | undefined {
  const values = issue.code === 'invalid_value' ? issue.values : 'options' in issue ? (issue.options ?? []) : []
  const words = values.filter((value) => typeof value === 'string')
  return typeof issue.input === 'string' ? nearest(issue.input, words) : undefined
}

/** Where a key decides which form is meant, it is that key's value that is wrong. */
function discriminated(issue: Noted & z.core.$ZodIssueInvalidUnion): unknown {
  const key = 'discriminator' in issue ? issue.discriminator : undefined
  if (key === undefined || typeof issue.input !== 'object' || issue.input === null) return issue.input
  return Object.entries(issue.input).find(([name]) => name === key)?.[1]
}
