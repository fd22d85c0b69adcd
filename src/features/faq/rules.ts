// The rules of an entry of the answer library that decide without ranking: words that must, may and must not occur, patterns.
import { RE2JS } from 're2js'
import { canonical } from '../../core/lib/text.ts'

/** As an operator writes them; all lists may be missing or empty. */
export interface Rules {
  /** Every one of these must occur. */
  readonly all?: readonly string[] | undefined
  /** At least one of these must occur. */
  readonly any?: readonly string[] | undefined
  /** None of these may occur, whatever else matches. */
  readonly none?: readonly string[] | undefined
  /** RE2 patterns, looked for anywhere in the canonical text (lower case, simplified, half width). */
  readonly patterns?: readonly string[] | undefined
}

/** Rules made ready for many texts. */
export interface ReadyRules {
  readonly all: readonly string[]
  readonly any: readonly string[]
  readonly none: readonly string[]
  readonly patterns: readonly RE2JS[]
}

/**
 * @throws RE2JSException for a pattern that is none; what is tried when the config is checked
 */
export function readyRules(rules: Rules): ReadyRules {
  const words = (list: readonly string[] = []) => list.map(canonical).filter((word) => word !== '')
  return {
    all: words(rules.all),
    any: words(rules.any),
    none: words(rules.none),
    patterns: (rules.patterns ?? []).map((pattern) => RE2JS.compile(inCanonicalForm(pattern), RE2JS.CASE_INSENSITIVE)),
  }
}

/** What stands for itself in a pattern (運費, ？) gets the form of the texts; all that steers a pattern is ASCII. */
function inCanonicalForm(pattern: string): string {
  return pattern.replace(/\\?([^\p{ASCII}])/gu, (_typed, one: string) => {
    const form = /\s/u.test(one) ? ' ' : canonical(one)
    return /^[^a-z\d\s]$/.test(form) && form < '\u0080' ? `\\${form}` : form
  })
}

/**
 * Whether the rules alone say that this entry answers the text: a pattern is found, or there are words asked for and they occur; and no
 * excluded word does. Rules that ask for nothing match nothing.
 * @param said in canonical form
 */
export function matchesRules(rules: ReadyRules, said: string): boolean {
  if (isExcluded(rules, said)) return false
  const asksForWords = rules.all.length + rules.any.length > 0
  const hasWords =
    rules.all.every((word) => said.includes(word)) &&
    (rules.any.length === 0 || rules.any.some((word) => said.includes(word)))
  return (asksForWords && hasWords) || rules.patterns.some((pattern) => pattern.matcher(said).find())
}

/** Whether a text has a word that keeps this entry from answering, also when it ranks first. @param said in canonical form */
export function isExcluded(rules: ReadyRules, said: string): boolean {
  return rules.none.some((word) => said.includes(word))
}
