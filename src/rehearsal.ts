// A rehearsal: the messages of the last days go once more through an engine of their own, with today's order or a draft of it.
import { signals } from './adfilter/signals.ts'
import { judge } from './adfilter/judgement.ts'
import { zones } from './adfilter/weights.ts'
import type { Tables as StoreTables } from './core/feature/tables.ts'
import { Tables } from './core/feature/tables.ts'
import { Engine, tablesOf } from './core/engine/engine.ts'
import type { Settings } from './core/feature/settings.ts'
import type { AnyFeature } from './core/feature/feature.ts'
import type { RehearsalAnswer, Rehearsed, RehearsedCounts, RehearsedMessage } from './core/types/event.ts'
import type { Millis } from './core/types/ids.ts'
import { cleanName } from './core/lib/text.ts'
import type { Prepared } from './features/moderation/settings.ts'
import type { KeptMessage } from './messages/archive.ts'

export interface RehearsalParts {
  /** The one feature whose decisions are rehearsed. */
  feature: AnyFeature
  /** What is known now: people, groups, roles, lessons. Only read. */
  tables: StoreTables
  settings: Settings
  /** Lets others have their turn. */
  rest: () => Promise<void>
}

/** What a draft changes: its settings, or what is wrong with it. */
export type Draft = { settings: Settings } | { problems: string } | null

/** Messages at most, the newest: more would take minutes. */
const MOST = 50_000
/** Messages between two rests. */
const TURN = 50
const NEAREST = 10
const DAY = 86_400_000
/** Tables that keep their records; cases, strikes and recent messages start empty. */
const kept = /^(?:directory\.|rights\.|order\.(?:trusted|lessons|taught|noteTalk)$)/

/** What became of one message. */
interface Result {
  did: Rehearsed
  flood: boolean
  isNew: boolean
}

/** Runs the messages through today's rules and, when there is a draft, through that. */
export async function rehearse(
  messages: readonly KeptMessage[],
  file: string | null,
  draft: Draft,
  parts: RehearsalParts,
): Promise<RehearsalAnswer> {
  if (draft !== null && 'problems' in draft) return { outcome: 'refused', problems: draft.problems }
  if (messages.length === 0) return { outcome: 'none' }
  const tried = messages.slice(-MOST)
  const now = await run(tried, parts.settings, parts)
  const then = draft === null ? undefined : await run(tried, draft.settings, parts)
  const settings = draft?.settings ?? parts.settings
  const results = then ?? now
  const shown: RehearsedMessage[] = []
  for (const [i, message] of tried.entries()) {
    if (i % TURN === 0) await parts.rest()
    shown.push(show(message, results[i]?.did ?? 'none', settings, parts.tables))
  }
  const changed = shown.flatMap((result, i) => {
    const before = now[i]?.did ?? 'none'
    return then !== undefined && before !== result.did ? [{ ...result, before }] : []
  })
  return {
    outcome: 'done',
    draft: file,
    days: new Set(tried.map(({ at }) => Math.floor(at / DAY))).size,
    messages: tried.length,
    now: countsOf(now),
    ...(then === undefined ? {} : { then: countsOf(then) }),
    nearest: nearestOf(shown),
    changed: changed.sort((a, b) => b.score - a.score),
  }
}

/** A message as the admins read it, with the filter's score by its words alone. */
function show(message: KeptMessage, did: Rehearsed, settings: Settings, tables: StoreTables): RehearsedMessage {
  const person = tables.table<{ name: string }>('directory.people').get(message.from)
  const text = [message.text, message.description ?? ''].filter((part) => part !== '').join(' ')
  const managed = tables.table<{ managed: string | null }>('directory.groups').get(message.group)?.managed ?? null
  // The feature's own `prepare` made it.
  const { watch } = settings.feature('order', managed).prepared as Prepared
  const own = message.kind === 'text' ? { text: message.text } : { text: '', titles: [text] }
  const links = message.link === undefined ? [] : [message.link]
  const { score } = judge(signals(watch, { ...own, links }))
  return { name: cleanName(person?.name ?? message.from), text, score, did }
}

/** The different texts that are nearest to the line of punishment, from either side. */
function nearestOf(shown: readonly RehearsedMessage[]): RehearsedMessage[] {
  const { sure } = zones
  const seen = new Set<string>()
  return [...shown]
    .filter(({ text }) => text !== '')
    .sort((a, b) => Math.abs(a.score - sure) - Math.abs(b.score - sure))
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .slice(0, NEAREST)
    .sort((a, b) => b.score - a.score)
}

async function run(messages: readonly KeptMessage[], settings: Settings, parts: RehearsalParts): Promise<Result[]> {
  const { feature, tables: known, rest } = parts
  const tables = new Tables(tablesOf([feature]))
  for (const name of tables.specs.keys())
    if (kept.test(name)) for (const [key, record] of known.table<object>(name).entries()) tables.load(name, key, record)
  const engine = new Engine([feature], tables, settings)
  const results: Result[] = []
  let seq = 0
  for (const [i, message] of messages.entries()) {
    if (i % TURN === 0) await rest()
    const { since, ...said } = message
    const key = `${said.group}/${said.from}`
    if (engine.members.since(said.from, said.group) === undefined)
      tables.load('directory.memberships', key, { nick: '', since })
    rings(engine, said.at, () => (seq += 1))
    const event = { type: 'said', ...said, addressed: false } as const
    engine.decide(event as never, { now: said.at, seed: 'rehearsal', seq: (seq += 1) })
    results.push(resultOf(tables))
    // Nothing is sent, so nothing waits for its turn either.
    for (const planned of tables.table('outbox.effects').keys()) tables.table('outbox.effects').delete(planned)
    tables.take()
  }
  return results
}

/** Timers that fall due before the next message. */
function rings(engine: Engine, until: Millis, nextSeq: () => number) {
  for (let timer = engine.nextTimer(); timer && timer.due <= until; timer = engine.nextTimer())
    engine.decide({ type: 'woke', at: timer.due, ...timer }, { now: timer.due, seed: 'rehearsal', seq: nextSeq() })
}

/** A case as far as it matters here. */
interface Decided {
  kind: string
  step: Exclude<Rehearsed, 'none'>
  messages: number
}

/** What the last message led to: the case that it opened, or that went on with it. */
function resultOf(tables: Tables): Result {
  const change = tables.staged.findLast(({ table }) => table === 'order.cases')
  if (!change || change.after === null) return { did: 'none', flood: false, isNew: false }
  const { kind, step, messages } = change.after as unknown as Decided
  return { did: step, flood: kind === 'flood', isNew: messages === 1 || change.before === null }
}

function countsOf(results: readonly Result[]): RehearsedCounts {
  const cases = results.filter(({ isNew }) => isNew)
  const of = (did: Rehearsed) => cases.filter((result) => result.did === did).length
  return {
    cases: cases.length,
    asked: of('ask'),
    remind: of('remind'),
    warn: of('warn'),
    remove: of('remove'),
    flood: cases.filter(({ flood }) => flood).length,
  }
}
