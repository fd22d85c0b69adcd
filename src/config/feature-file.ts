// One feature's file: its own settings, and `enabled`, `words` and `texts`, which every feature's file may have.
import { z } from 'zod'
import type { AnyFeature } from '../core/feature/feature.ts'
import { spellingsOf } from '../core/feature/words.ts'
import { canonical } from '../core/lib/text.ts'
import { namesIn } from '../core/lib/render.ts'
import { isMap } from './layers.ts'
import type { Language } from './problem.ts'
import { nearest } from '../core/lib/spelling.ts'
import { parse, type Issue } from './wording.ts'

/** What stands in a feature's file, checked by itself. */
interface FeatureFile {
  enabled: boolean
  config: unknown
  words: Readonly<Record<string, readonly string[]>>
  usualWords: Readonly<Record<string, readonly string[]>>
  texts: Readonly<Record<string, string>>
}

const commonKeys = ['enabled', 'words', 'texts'] as const

/** The part that every feature's file may have, with the words and texts that this feature has. */
export function commonSchema(feature: AnyFeature, language: Language) {
  const words = Object.entries(feature.words ?? {}).map(([name, word]) => {
    const usual = spellingsOf(word, language).join('、')
    const about = `群友还可以怎么说，第一个会写进提示；自带的照样算数：${usual}。只认自己写的几个，就写 only: [说法]`
    return [name, SaidWords.optional().describe(about)]
  })
  const texts = Object.entries(feature.texts[language]).map(([name, text]) => {
    return [name, Template.optional().describe(`不写就是：${text}`)]
  })
  return z.strictObject({
    enabled: z.boolean().default(true).describe('true 打开，false 关掉'),
    words: z
      .strictObject(Object.fromEntries(words) as Record<string, OptionalWords>)
      .default({})
      .describe('多几种说法'),
    texts: z
      .strictObject(Object.fromEntries(texts) as Record<string, OptionalText>)
      .default({})
      .describe('换一种措辞'),
  })
}

const SaidWord = z.string().check((about) => {
  const plain = canonical(about.value)
  if (plain !== '' && [...about.value].length <= 20 && !plain.startsWith('/')) return
  about.issues.push({
    code: 'custom',
    input: about.value,
    params: {
      zh: `「${about.value.slice(0, 30)}」不能当口令：要有 1 到 20 个字，不能以 / 开头。`,
      en: `"${about.value.slice(0, 30)}" cannot be a word: it needs 1 to 20 characters and must not start with /.`,
    },
  })
})
const Template = z.string().min(1).max(1000)
const SaidWords = z.union([
  SaidWord.array().min(1),
  z.strictObject({ only: SaidWord.array().min(1).describe('只认这几个，自带的不算') }),
])
type OptionalWords = z.ZodOptional<typeof SaidWords>
type OptionalText = z.ZodOptional<typeof Template>

/** The keys of a feature's own settings; none when its schema is not a plain object. @throws when one belongs to every file */
function ownKeys(feature: AnyFeature): readonly string[] {
  const def = feature.config._zod.def
  const keys = 'shape' in def ? Object.keys(def.shape as object) : []
  const taken = commonKeys.find((key) => keys.includes(key))
  if (taken) throw new Error(`feature ${feature.name}: the config key "${taken}" belongs to every feature's file`)
  return keys
}

/** What came of a feature's file; `file` is missing when there are issues. */
export interface ParsedFile {
  file?: FeatureFile
  issues: Issue[]
}

/** @returns a parser of what the file says, with what groups say laid over it */
export function featureFileParser(feature: AnyFeature, language: Language): (raw: unknown) => ParsedFile {
  const keys = ownKeys(feature)
  const schema = commonSchema(feature, language)
  const usual = Object.fromEntries(
    Object.entries(feature.words ?? {}).map(([name, word]) => [name, spellingsOf(word, language)]),
  )
  return (raw) => {
    if (!isMap(raw)) return { issues: issuesOf(parse(z.record(z.string(), z.unknown()), raw, language)) }
    const { shared, retired } = withoutRetired(feature, raw, language)
    const moved = feature.retired?.settings?.(ownOf(raw))
    retired.push(
      ...(moved?.told ?? []).map(({ path, message }) => ({ path, text: message[language], warning: true }) as const),
    )
    const config = parse(feature.config, moved?.own ?? ownOf(raw), language, commonKeys)
    const common = parse(schema, shared, language, keys)
    const issues = [...issuesOf(config), ...issuesOf(common)]
    if (!common.ok) return { issues }
    const { enabled } = common.data
    const own = written(common.data.words)
    const words = Object.fromEntries(
      Object.entries(own).map(([name, said]) => [name, 'only' in said ? said.only : said]),
    )
    const added = Object.entries(own).flatMap(([name, said]) => ('only' in said ? [] : [[name, usual[name] ?? []]]))
    const texts = written(common.data.texts)
    issues.push(...Object.entries(texts).flatMap(([name, text]) => templateIssues(feature, name, text, language)))
    if (!config.ok || issues.length > 0) return { issues: [...issues, ...retired] }
    const file = {
      enabled,
      config: config.data,
      words: { ...usual, ...words },
      usualWords: Object.fromEntries(added) as Record<string, readonly string[]>,
      texts: { ...feature.texts[language], ...texts },
    }
    return { file, issues: retired }
  }
}

/** What every feature's file may have, without texts and variables of earlier versions, which change nothing any more; and the warnings that say so. */
function withoutRetired(feature: AnyFeature, raw: Record<string, unknown>, language: Language) {
  const shared = Object.fromEntries(Object.entries(raw).filter(([key]) => isCommon(key)))
  const { texts: gone = [], variables = {} } = feature.retired ?? {}
  const retired: Issue[] = []
  if (!isMap(shared['texts'])) return { shared, retired }
  const kept = Object.entries(shared['texts']).filter(([name, text]) => {
    const lost =
      typeof text === 'string' ? variables[name]?.find((variable) => text.includes(`{{${variable}}}`)) : undefined
    if (!gone.includes(name) && lost === undefined) return true
    const tell = gone.includes(name)
      ? {
          zh: `「${name}」这句话现在没有了，可以删掉这一行。`,
          en: `the text "${name}" is not used any more; this line can go.`,
        }
      : {
          zh: `变量 {{${lost}}} 现在没有了，这句话先用原来的说法；改好这一行就又生效。`,
          en: `there is no variable {{${lost}}} any more, so the usual text is used until this line is mended.`,
        }
    retired.push({ path: ['texts', name], text: tell[language], warning: true })
    return false
  })
  return { shared: { ...shared, texts: Object.fromEntries(kept) }, retired }
}

/** Of what a feature's file says, the feature's own settings. */
export function ownOf(raw: unknown): Record<string, unknown> {
  return isMap(raw) ? Object.fromEntries(Object.entries(raw).filter(([key]) => !isCommon(key))) : {}
}

/** A reworded text may use the names of the usual one: nobody gives it values for others. */
function templateIssues(feature: AnyFeature, name: string, text: string, language: Language): Issue[] {
  const path = ['texts', name]
  const known = [...namesIn(feature.texts[language][name] ?? '')]
  let used: Set<string>
  try {
    used = namesIn(text)
  } catch {
    const tell = { zh: '「{{」和「}}」没有配对。', en: 'a "{{" or "}}" has no counterpart.' }
    return [{ path, text: tell[language] }]
  }
  const issues = [...used]
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, text: unknownName(name, known)[language] }))
  // Half a bracket, or full-width ones, would be shown to members as they are.
  const half = /｛|｝|(?<!\{)\{(?!\{)|(?<!\})\}(?!\})/u.exec(text)
  if (half && issues.length === 0) {
    const tell = {
      zh: `「${half[0]}」：变量要写成两个半角大括号，例如 {{${known[0] ?? 'name'}}}。`,
      en: `"${half[0]}": a variable is written with two plain braces, such as {{${known[0] ?? 'name'}}}.`,
    }
    return [{ path, text: tell[language] }]
  }
  return issues
}

function unknownName(name: string, known: readonly string[]) {
  const near = nearest(name, known)
  const list = known.map((name) => `{{${name}}}`)
  return {
    zh: `这句话里没有变量 {{${name}}}${near ? `，是不是想写 {{${near}}}？` : list.length > 0 ? `，可以用：${list.join('、')}。` : '，也没有别的变量可用。'}`,
    en: `this text has no variable {{${name}}}${near ? `; did you mean {{${near}}}?` : list.length > 0 ? `; possible: ${list.join(', ')}.` : ', nor any other.'}`,
  }
}

function isCommon(key: string): boolean {
  return commonKeys.some((common) => common === key)
}

function issuesOf(parsed: { ok: true } | { ok: false; issues: Issue[] }): Issue[] {
  return parsed.ok ? [] : parsed.issues
}

/** What is there of a partly filled record. */
function written<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined))
}
