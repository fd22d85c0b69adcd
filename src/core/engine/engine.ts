// The engine: one event in, staged changes and planned effects out. No I/O, no clock, no chance but the given seed.
import { z } from 'zod'
import { Expected } from '../feature/answers.ts'
import { directoryTables, type TableDirectory } from '../feature/directory.ts'
import { type Effect, Planned, Spent } from '../types/effect.ts'
import type { Event } from '../types/event.ts'
import type { Millis } from '../types/ids.ts'
import type { AnyFeature } from '../feature/feature.ts'
import { ledgerTables } from '../money/ledger.ts'
import { Dispatch } from './dispatch.ts'
import { rightsTables, type Rights } from '../feature/rights.ts'
import type { Settings } from '../feature/settings.ts'
import { Confirmation, EngineState, IgnoredCommands } from './state.ts'
import { table, type Tables, type TableSpec } from '../feature/tables.ts'
import { dayKey, type DayKey } from '../lib/time.ts'
import { TimerQueue } from './timers.ts'
import { render } from '../lib/render.ts'
import { engineTexts } from '../../locales/engine.ts'

const Timer = z.strictObject({ due: z.int() })
const Told = z.strictObject({ at: z.int() })

const engineTables = {
  /** The key is `<feature>/<job>/<key>`. */
  'engine.timers': table(Timer),
  /** Open questions, whose bare answers go to who asked; see `Expected`. */
  'engine.expected': table(Expected),
  'engine.confirmations': table(Confirmation),
  'engine.strays': table(IgnoredCommands),
  /** When a member was last told what he typed wrong; the key is the member. */
  'engine.hints': table(Told),
  /** What the bot said in the control group lately, by hash, so that an echo of it is not taken for a message. */
  'engine.spoken': table(Told, { kind: 'note' }),
  /** Effects that are planned or on their way, by id. */
  // Since 0.1.0 questions to the model have ids, prose and test, with defaults; older ones fit as they are.
  // The third and fourth steps: more priorities and questions, so older records fit as they are.
  'outbox.effects': table(Planned, { migrations: [(old) => old, (old) => old, (old) => old, (old) => old] }),
  /** Effects that are just being carried out; after a crash these are uncertain. */
  'outbox.sending': table(z.strictObject({ at: z.int() })),
  /** What was or may have been sent in the last 24 hours, by effect, and how careful sending is (`level`): a restart must not double the budgets. */
  'outbox.sent': table(Spent),
  'outbox.level': table(z.strictObject({ level: z.enum(['normal', 'careful', 'essential', 'silent']), at: z.int() })),
}

/** All tables that an engine with these features needs, for opening its store. @throws when a table is declared twice, or a child of one that is not there. */
export function tablesOf(features: readonly AnyFeature[]): Map<string, TableSpec<object>> {
  const specs = new Map<string, TableSpec<object>>()
  const add = (name: string, spec: unknown) => {
    if (specs.has(name)) throw new Error(`table ${name} is declared twice`)
    specs.set(name, spec as TableSpec<object>)
  }
  for (const own of [engineTables, directoryTables, rightsTables, ledgerTables]) {
    for (const [name, spec] of Object.entries(own)) add(name, spec)
  }
  for (const feature of features) {
    for (const [name, spec] of Object.entries(feature.tables ?? {})) {
      if (spec.childOf !== undefined && !feature.tables?.[spec.childOf])
        throw new Error(
          `table ${feature.name}.${name} is a child of ${spec.childOf}, which ${feature.name} does not have`,
        )
      add(`${feature.name}.${name}`, spec)
    }
  }
  return specs
}

/** A message that waited before it was looked at: what is answered to it counts from when it was said, so that nobody reads an answer late. */
function plannedAt(event: Event, effect: Effect, now: Millis): Millis {
  return event.type === 'said' && effect.priority === 'reply' ? Math.min(now, event.at) : now
}

/** What one event led to, beside the changes that are now staged in the tables. */
export interface Decided {
  effects: { id: string; planned: Planned }[]
  usedChance: boolean
  /** Features that threw; what they had staged is rolled back. */
  errors: { feature: string; error: unknown }[]
}

/** Decides about events. It changes the tables it was given, and nothing else. */
export class Engine {
  readonly #state: EngineState
  readonly #timers: TimerQueue
  #forgottenOn: DayKey | undefined

  constructor(features: readonly AnyFeature[], tables: Tables, settings: Settings) {
    this.#state = new EngineState(features, tables, settings)
    this.#timers = new TimerQueue(tables)
  }

  get members(): TableDirectory {
    return this.#state.members
  }
  get rights(): Rights {
    return this.#state.rights
  }
  /** The settings by which events are decided now. */
  get settings(): Settings {
    return this.#state.settings
  }

  /**
   * Why settings must not take the place of those in use: they lack kinds of coupons that members hold or were promised, one sentence
   * each, in the language of these settings.
   */
  objections(settings: Settings, now: Millis): string[] {
    const kept = this.#state.couponKinds(null, settings)
    const known = this.#state.couponKinds(null)
    const owed = this.#state.books.coupons.owed(dayKey(now, settings.timezone))
    const texts = engineTexts[settings.language]
    return [...owed].flatMap(([kind, { open, promised }]) => {
      // A kind that was gone before is no worse now.
      if (kept.has(kind) || !known.has(kind)) return []
      const held = open > 0 ? [render(texts.couponHeld, { count: open })] : []
      const owing = promised.map((by) => render(texts.couponPromised, { by }))
      return [render(texts.couponKept, { kind, why: [...held, ...owing].join(texts.prizeAnd) })]
    })
  }

  /** New settings take effect with the next event. */
  reload(settings: Settings): void {
    this.#state.reload(settings)
  }

  /**
   * Decides about one event. The changes are staged in the tables, planned effects among them.
   * @param at the time, the seed of chance, and the number the commit will have, of which effects' ids are made
   */
  decide(event: Event, at: { now: Millis; seed: string; seq: number }): Decided {
    this.#forget(event, at.now)
    const state = this.#state
    const decided: Decided = { effects: [], usedChance: false, errors: [] }
    state.current = { event, now: at.now, seed: at.seed, usedChance: false }
    const dispatch = new Dispatch(state, (feature, error) => decided.errors.push({ feature, error }))
    for (const { feature, effect } of dispatch.run()) {
      const id = `${at.seq}.${decided.effects.length}`
      const planned = { feature, effect, plannedAt: plannedAt(event, effect, at.now) }
      state.effects.set(id, planned)
      decided.effects.push({ id, planned })
    }
    decided.usedChance = state.current.usedChance
    return decided
  }

  /** The timer that is due first. */
  nextTimer(): { feature: string; job: string; key: string; due: Millis } | undefined {
    const first = this.#timers.first()
    if (!first) return undefined
    const [feature = '', job = '', ...rest] = first.key.split('/')
    return { feature, job, key: rest.join('/'), due: first.due }
  }

  // Once a day, with a result of the outbox: these are many, and nobody takes one back.
  #forget(event: Event, now: Millis) {
    if (event.type !== 'resulted') return
    const today = dayKey(now, this.settings.timezone)
    if (today !== this.#forgottenOn) this.#state.books.forget(today)
    this.#forgottenOn = today
  }
}
