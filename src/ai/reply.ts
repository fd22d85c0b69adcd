// What a model's text means, however the model wraps it: thoughts before it, prose around the JSON, other spellings of yes and no.
import { parse } from 'yaml'
import { canonical } from '../core/lib/text.ts'
import type { ModelQuery } from '../core/types/effect.ts'

/** UTF-16 units of a text that are looked at, from its end: the answer comes last. */
const lookedAt = 20_000
/** UTF-16 units of one JSON object that are read. */
const longestObject = 4000

/** What the model decided: an entry by its id, a text of its own, nothing that fits; or what it wrote cannot be read. */
export type Decision = { id: string } | { text: string } | 'none' | 'unreadable'

/** Thoughts that end before the answer begins, with or without their beginning. */
const thoughts =
  /^[^]*(?:<\/(?:think|thinking|thought|reasoning|reflection|analysis)>|◁\/think▷|<\|channel\|>final<\|message\|>)/i
/** Thoughts that were cut off: there is no answer after them. */
const openThought = /<(?:think|thinking|thought|reasoning|reflection|analysis)>[^]*$|◁think▷[^]*$/i
/** Keys under which models write the entry, and their own text, beside those that they are told to use. */
const idKeys = ['id', 'entry', 'entry_id', 'entryid', 'answer_id', '编号', '条目']
const textKeys = ['answer', 'text', 'reply', '回答', '答案']
const no: ReadonlySet<string> = new Set([
  '',
  'none',
  'null',
  'no',
  'n/a',
  'nil',
  'false',
  'undefined',
  'unknown',
  '无',
  '没有',
  '空',
  '否',
  '不',
  '不知道',
])

/** An id outside of a whole object, as of an answer that was cut off. */
const idAlone = /["']?(?:id|编号)["']?\s*[:：]\s*["'「“]?([^"'」”,，}\n]{1,100})/gi

/** @param written the model's whole text, with whatever stands around the answer */
export function decisionIn(written: string, query: ModelQuery): Decision {
  const text = withoutThoughts(written)
  if (text === '') return 'unreadable'
  const objects = (text.match(/\{[^{}]*\}/g) ?? []).filter((object) => object.length <= longestObject)
  for (const object of objects.slice(-20).reverse()) {
    const decision = decided(object, query)
    if (decision) return decision
  }
  // Small models write the id alone, or say that there is none.
  const alone = [...text.matchAll(idAlone)].at(-1)?.[1] ?? text.replace(/^```\w*|```$/g, '')
  const id = idOf(alone, query)
  if (id !== undefined) return { id }
  return no.has(plain(alone)) ? 'none' : 'unreadable'
}

/** The end of a text, without what the model thought before it answered. */
export function withoutThoughts(written: string): string {
  return written.slice(-lookedAt).replace(thoughts, '').replace(openThought, '').trim()
}

function decided(object: string, query: ModelQuery): Decision | undefined {
  const fields = fieldsOf(object)
  if (!fields) return undefined
  const find = (keys: readonly string[]) => keys.map((key) => fields.get(key)).find((value) => value !== undefined)
  const known = fields.get('known') ?? fields.get('found')
  const named = find(idKeys)
  const text = find(textKeys)
  if (known === undefined && named === undefined && text === undefined) return undefined
  if (known !== undefined && no.has(plain(known))) return 'none'
  const id = [named, text]
    .flat()
    .map((value) => idOf(value, query))
    .find((value) => value !== undefined)
  if (id !== undefined) return { id }
  if (typeof text === 'string' && text.trim() !== '' && !no.has(plain(text))) return { text }
  // An id that the library does not have was made up.
  return 'none'
}

function fieldsOf(object: string): Map<string, unknown> | undefined {
  const value = parsed(object)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return new Map(Object.entries(value).map(([key, field]) => [key.trim().toLowerCase(), field as unknown]))
}

/** JSON, or what models write for it: single quotes, `True`, a comma too many, which YAML reads. */
function parsed(object: string): unknown {
  try {
    return JSON.parse(object)
  } catch {
    try {
      return parse(object.replace(/(?<=["'\w])\s*：/g, ': '), {
        logLevel: 'silent',
        stringKeys: true,
        maxAliasCount: 0,
      })
    } catch {
      return undefined
    }
  }
}

/** The id of an entry that a value names: by the id, or by the entry's question. */
function idOf(value: unknown, { entries }: ModelQuery): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const named = plain(value)
  if (named === '') return undefined
  return (entries.find(({ id }) => plain(id) === named) ?? entries.find(({ question }) => plain(question) === named))
    ?.id
}

/** In canonical form, without quotes and signs around it. */
function plain(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
  return canonical(text.slice(0, 300)).replace(/^[^\p{L}\p{N}-]+|[^\p{L}\p{N}]+$/gu, '')
}
