// The engine: one event in, staged changes and planned effects out. No I/O, no clock, no chance but the given seed.
import { z } from 'zod'
import { Expected } from '../feature/answers.ts'
import { CommandList } from './commands.ts'
import type { CouponKind } from '../money/coupons.ts'
import { TableDirectory, directoryTables } from '../feature/directory.ts'
import { Planned, Spent } from '../types/effect.ts'
import type { Event } from '../types/event.ts'
import type { Millis } from '../types/ids.ts'
import type { EventContext, Shared } from './contexts.ts'
import type { AnyFeature } from '../feature/feature.ts'
import { makeHouse } from './house.ts'
import { Books, ledgerTables, type Award } from '../money/ledger.ts'
import { Confirmation, Pass, Stray, type Planning } from './dispatch.ts'
import { Rights, rightsTables } from '../feature/rights.ts'
import { groupNamed, type Settings } from '../feature/settings.ts'
import { table, type Tables, type TableSpec } from '../feature/tables.ts'
import { dayKey, type DayKey } from '../lib/time.ts'
import { WordList } from '../feature/words.ts'
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
  'engine.strays': table(Stray),
  /** When a member was last told what he typed wrong; the key is the member. */
  'engine.hints': table(Told),
  /** Effects that are planned or on their way, by id. */
  // Since 0.1.0 questions to the model have ids, prose and test, with defaults; older ones fit as they are.
  'outbox.effects': table(Planned, { migrations: [(old) => old, (old) => old] }),
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

/** What one event led to, beside the changes that are now staged in the tables. */
export interface Decided {
  effects: { id: string; planned: Planned }[]
  usedChance: boolean
  /** Features that threw; what they had staged is rolled back. */
  errors: { feature: string; error: unknown }[]
}

/** Decides about events. It changes the tables it was given, and nothing else. */
export class Engine {
  readonly members: TableDirectory
  readonly rights: Rights
  readonly #features: readonly AnyFeature[]
  readonly #commands: CommandList
  readonly #tables: Tables
  readonly #timers: TimerQueue
  readonly #shared: Shared
  #settings: Settings
  #words: WordList
  #forgottenOn: DayKey | undefined

  constructor(features: readonly AnyFeature[], tables: Tables, settings: Settings) {
    this.#features = features
    this.#commands = new CommandList(features)
    this.#tables = tables
    this.#settings = settings
    this.#words = new WordList(features, settings)
    this.#timers = new TimerQueue(tables)
    this.members = new TableDirectory(
      tables,
      (managed) => groupNamed(this.#settings, managed),
      () => engineTexts[this.#settings.language].noName,
    )
    this.rights = new Rights(tables, () => this.members.epoch)
    this.#shared = {
      tables,
      books: new Books(tables),
      members: this.members,
      rights: this.rights,
      settings: () => this.#settings,
      timers: tables.table('engine.timers'),
      expected: tables.table('engine.expected'),
      cap: (award, cx) => this.#cap(award, cx),
      hints: tables.table('engine.hints'),
      couponKinds: (managed) => couponKinds(features, this.#settings, managed),
      house: (cx) =>
        makeHouse({
          features,
          commands: this.#commands,
          words: this.#words,
          settings: this.#settings,
          rights: this.rights,
          members: this.members,
          tables,
          ledger: cx.ledger,
          contextOf: (feature) => cx.inCommunity(feature),
        }),
    }
  }

  /** The settings by which events are decided now. */
  get settings(): Settings {
    return this.#settings
  }

  /**
   * Why settings must not take the place of those in use: they lack kinds of coupons that members hold or were promised, one sentence
   * each, in the language of these settings.
   */
  objections(settings: Settings, now: Millis): string[] {
    const kept = couponKinds(this.#features, settings, null)
    const owed = this.#shared.books.coupons.owed(dayKey(now, settings.timezone))
    const texts = engineTexts[settings.language]
    return [...owed].flatMap(([kind, { open, promised }]) => {
      // A kind that was gone before is no worse now.
      if (kept.has(kind) || !couponKinds(this.#features, this.#settings, null).has(kind)) return []
      const held = open > 0 ? [render(texts.couponHeld, { count: open })] : []
      const owing = promised.map((by) => render(texts.couponPromised, { by }))
      return [render(texts.couponKept, { kind, why: [...held, ...owing].join(texts.prizeAnd) })]
    })
  }

  /** New settings take effect with the next event. */
  reload(settings: Settings): void {
    this.#settings = settings
    this.#words = new WordList(this.#features, settings)
  }

  /**
   * Decides about one event. The changes are staged in the tables, planned effects among them.
   * @param at the time, the seed of chance, and the number the commit will have, of which effects' ids are made
   */
  decide(event: Event, at: { now: Millis; seed: string; seq: number }): Decided {
    this.#forget(event, at.now)
    const decided: Decided = { effects: [], usedChance: false, errors: [] }
    const occasion = {
      event,
      now: at.now,
      seed: at.seed,
      onChance: () => void (decided.usedChance = true),
      contexts: new Map(),
    }
    const outbox = this.#tables.table<Planned>('outbox.effects')
    const planning: Planning = {
      features: this.#features,
      commands: this.#commands,
      words: this.#words,
      tables: this.#tables,
      shared: this.#shared,
      onError: (feature, error) => decided.errors.push({ feature, error }),
    }
    for (const { feature, effect } of new Pass(planning, occasion).run()) {
      const id = `${at.seq}.${decided.effects.length}`
      const planned = { feature, effect, plannedAt: at.now }
      outbox.set(id, planned)
      decided.effects.push({ id, planned })
    }
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
    const today = dayKey(now, this.#settings.timezone)
    if (today !== this.#forgottenOn) this.#shared.books.forget(today)
    this.#forgottenOn = today
  }

  #cap(award: Award, cx: EventContext): number {
    const capper = this.#features.find(({ capAward }) => capAward)
    if (!capper?.capAward) return award.points
    const enabled = this.#settings.feature(capper.name, cx.group?.managed ?? null).enabled
    return enabled ? capper.capAward(award, cx.of(capper)) : 0
  }
}

const noKinds: ReadonlyMap<string, CouponKind> = new Map()

function couponKinds(
  features: readonly AnyFeature[],
  settings: Settings,
  managed: string | null,
): ReadonlyMap<string, CouponKind> {
  const keeper = features.find(({ coupons }) => coupons)
  if (!keeper?.coupons) return noKinds
  const { enabled, prepared } = settings.feature(keeper.name, managed)
  return enabled ? keeper.coupons(prepared) : noKinds
}
