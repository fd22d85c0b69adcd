// What an engine holds: features, tables and settings, what is made of them once, and the event that is under way.
import { z } from 'zod'
import type { Expected } from '../feature/answers.ts'
import { CommandList } from './commands.ts'
import { Counter } from '../feature/counts.ts'
import { EventContext } from './contexts.ts'
import type { CouponKind } from '../money/coupons.ts'
import { TableDirectory } from '../feature/directory.ts'
import type { EventHook } from '../feature/hooks.ts'
import type { Planned } from '../types/effect.ts'
import type { Event } from '../types/event.ts'
import type { GroupId, Millis } from '../types/ids.ts'
import type { AnyFeature } from '../feature/feature.ts'
import { Books } from '../money/ledger.ts'
import { Rights } from '../feature/rights.ts'
import { groupNamed, type FeatureSettings, type Settings } from '../feature/settings.ts'
import type { Table, Tables } from '../feature/tables.ts'
import { WordList } from '../feature/words.ts'
import { engineTexts } from '../../locales/engine.ts'

/** A command that waits for its sender's `/yes`, and what its arguments meant (as JSON) when he was asked; the key is the sender. */
export const Confirmation = z.strictObject({ line: z.string(), meant: z.string().default(''), until: z.int() })
export type Confirmation = z.infer<typeof Confirmation>
/** Commands that counted for nothing because of where or by whom they were typed; the key is the sender. */
export const IgnoredCommands = z.strictObject({
  count: z.int(),
  at: z.int(),
  text: z.string(),
  group: z.string().nullable(),
})
export type IgnoredCommands = z.infer<typeof IgnoredCommands>

/** The event that is decided about now. */
export interface CurrentEvent {
  event: Event
  now: Millis
  /** The seed of chance; it need not be kept when no chance was used. */
  seed: string
  usedChance: boolean
}

/** A hook that every feature which is on may have. */
export type Hook = EventHook | 'screen' | 'answer' | 'observe' | 'onIssued' | 'onCounted'

export class EngineState {
  readonly features: readonly AnyFeature[]
  readonly tables: Tables
  readonly commands: CommandList
  readonly members: TableDirectory
  readonly rights: Rights
  readonly books: Books
  readonly counter: Counter
  readonly effects: Table<Planned>
  readonly timers: Table<{ due: Millis }>
  /** Open questions; see `Expected` for the key. */
  readonly expected: Table<Expected>
  readonly confirmations: Table<Confirmation>
  readonly ignored: Table<IgnoredCommands>
  /** When each member was last told of a refusal; the key is `<member>/<feature>`. */
  readonly refused: Table<{ at: Millis }>
  /** Set by `decide` before any handler is called. */
  current: CurrentEvent = { event: { type: 'loaded', at: 0 }, now: 0, seed: '', usedChance: false }
  #settings: Settings
  #words: WordList
  readonly #byName: ReadonlyMap<string, AnyFeature>
  readonly #ownTables = new Map<AnyFeature, Record<string, Table<object>>>()
  /** By feature and group; they hold nothing of one event but what they note for it themselves. */
  readonly #contexts = new Map<AnyFeature, Map<GroupId | null, EventContext>>()
  /** The features that are on, by group and by the hook that they have; valid until the settings change. */
  readonly #on = new Map<string | null, Map<Hook | 'any', readonly AnyFeature[]>>()

  constructor(features: readonly AnyFeature[], tables: Tables, settings: Settings) {
    this.features = features
    this.tables = tables
    this.commands = new CommandList(features)
    this.#settings = settings
    this.#words = new WordList(features, settings)
    this.#byName = new Map(features.map((feature) => [feature.name, feature]))
    this.members = new TableDirectory(
      tables,
      (managed) => groupNamed(this.#settings, managed),
      () => engineTexts[this.#settings.language].noName,
    )
    this.rights = new Rights(
      tables,
      () => this.members.epoch,
      () => this.#settings.control,
    )
    this.books = new Books(tables)
    this.counter = new Counter(features)
    this.effects = tables.table('outbox.effects')
    this.timers = tables.table('engine.timers')
    this.expected = tables.table('engine.expected')
    this.confirmations = tables.table('engine.confirmations')
    this.ignored = tables.table('engine.strays')
    this.refused = tables.table('engine.hints')
  }

  get settings(): Settings {
    return this.#settings
  }
  get words(): WordList {
    return this.#words
  }

  reload(settings: Settings): void {
    this.#settings = settings
    this.#words = new WordList(this.features, settings)
    this.#on.clear()
  }

  feature(name: string): AnyFeature | undefined {
    return this.#byName.get(name)
  }

  /** A group's name in `groups.yaml`; null for a group that is not managed, or none. */
  managed(group: GroupId | null): string | null {
    return group === null ? null : (this.members.group(group)?.managed ?? null)
  }

  settingsOf(feature: AnyFeature, managed: string | null): FeatureSettings {
    return this.#settings.feature(feature.name, managed)
  }

  /** The features that are on in a group (null: in the community at large) and have that hook, in their order. */
  on(managed: string | null, hook: Hook | 'any'): readonly AnyFeature[] {
    let byHook = this.#on.get(managed)
    if (!byHook) this.#on.set(managed, (byHook = new Map()))
    let found = byHook.get(hook)
    if (!found) {
      found = this.features.filter(
        (feature) => this.settingsOf(feature, managed).enabled && (hook === 'any' || feature[hook] !== undefined),
      )
      byHook.set(hook, found)
    }
    return found
  }

  /** A feature's view of a group, as it was last when it is not there now, or (null) of the community at large. */
  context(feature: AnyFeature, group: GroupId | null): EventContext {
    let byGroup = this.#contexts.get(feature)
    if (!byGroup) this.#contexts.set(feature, (byGroup = new Map()))
    let context = byGroup.get(group)
    if (!context) byGroup.set(group, (context = new EventContext(feature, group, this)))
    return context
  }

  /** A feature's tables by their own names. */
  tablesOf(feature: AnyFeature): Record<string, Table<object>> {
    let own = this.#ownTables.get(feature)
    if (!own) {
      const names = Object.keys(feature.tables ?? {})
      own = Object.fromEntries(names.map((name) => [name, this.tables.table<object>(`${feature.name}.${name}`)]))
      this.#ownTables.set(feature, Object.freeze(own))
    }
    return own
  }

  /** The kinds of coupons in a group by its name in `groups.yaml` (null: in the community at large). */
  couponKinds(managed: string | null, settings = this.#settings): ReadonlyMap<string, CouponKind> {
    const keeper = this.features.find(({ coupons }) => coupons)
    if (!keeper?.coupons) return noKinds
    const { enabled, prepared } = settings.feature(keeper.name, managed)
    return enabled ? keeper.coupons(prepared) : noKinds
  }
}

const noKinds: ReadonlyMap<string, CouponKind> = new Map()
