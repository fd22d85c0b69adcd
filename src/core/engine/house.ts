// The running of the house itself: rights, help, menus, rules and undo, for the features that speak about the others.
import { usage } from '../feature/arguments.ts'
import type { Listed, Request } from '../feature/activities.ts'
import { howTo, type CommandList } from './commands.ts'
import type { AnyContext } from '../feature/context.ts'
import type { Directory } from '../feature/directory.ts'
import { MemberId, type GroupId, type Millis } from '../types/ids.ts'
import type { Reply } from '../types/effect.ts'
import type { Status } from '../types/event.ts'
import type { AnyFeature } from '../feature/feature.ts'
import type { Fill } from '../types/localised.ts'
import type { Ledger } from '../money/ledger.ts'
import type { Stray } from './dispatch.ts'
import type { Rights, Role } from '../feature/rights.ts'
import type { FeatureSettings, Settings } from '../feature/settings.ts'
import type { Change } from '../types/json.ts'
import type { Tables } from '../feature/tables.ts'
import { canonical } from '../lib/text.ts'
import { render } from '../lib/render.ts'
import { clock, isQuiet, quietUntil } from '../lib/time.ts'
import { undo, type Undone } from './undo.ts'
import type { WordList } from '../feature/words.ts'

/** What features may ask and do beyond their own matters. */
export interface House {
  readonly rights: Rights
  /** Lines of the member menu from the features that are on in a group (null: in a direct message). */
  menu(group: GroupId | null): string[]
  /** Rules, penalties and rewards from the live settings of a group. */
  rules(group: GroupId): string[]
  /** The commands that a role may use, by feature: what it is about, and `/names`. */
  help(role: Role): { summary: string; names: string }[]
  /** How a command is written, with an example; or all commands that begin with a word, as far as a role may use them. */
  helpFor(name: string, role: Role): string | undefined
  /** Commands that counted for nothing because of where or by whom they were typed. */
  strays(): { count: number; last: { member: MemberId; text: string } | undefined }
  /** The number for what a feature shows to admins next: none that any feature gave before. */
  nextNumber(): number
  /** What a number is and which commands take it; undefined when nothing bears it. */
  aboutNumber(number: number): string | undefined
  /** Takes back what bears that number, or tells all about it; undefined when nothing does for which that can be done. */
  ofNumber(act: 'undo' | 'why', number: number): Reply
  /** All activities of all features, by their numbers. */
  activities(): Listed[]
  /** Does something with the activity of that number; undefined when there is none. */
  act(number: number, request: Request): Reply
  /** What the feature is about whose word a text would be in a group; undefined when it is none's. */
  wordOf(text: string, group: GroupId): string | undefined
  /** What features add to a group's line in `/groups`. */
  notes(group: GroupId): string[]
  /** What features add to `/status`, a line each. */
  statusNotes(status: Status): string[]
  /** Stages the reverse of a decision. */
  undo(changes: readonly Change[], why: string): Undone
  /** How a newcomer may be greeted: `no` for who is not welcome, else by which name. */
  greeting(member: MemberId, group: GroupId): 'no' | { name: string }
  /** The groups named in `groups.yaml`, found or not. */
  readonly configuredGroups: readonly string[]
  /** Whether posts wait at a time, as it is quiet hours in that time zone. */
  isQuiet(at: Millis, timezone: string): boolean
  /** The first time from then on that is not within them. */
  awakeFrom(at: Millis, timezone: string): Millis
}

/** What the house is made of; `view` finds a group, `ledger` books what an undo takes back. */
export interface HouseParts {
  features: readonly AnyFeature[]
  commands: CommandList
  words: WordList
  settings: Settings
  rights: Rights
  members: Directory
  tables: Tables
  ledger: Ledger
  /** A feature's own view of what is happening. */
  contextOf: (feature: AnyFeature) => AnyContext
}

/** The house as it is during one event. */
export function makeHouse(parts: HouseParts): House {
  const { features, commands, words, settings, rights, members, tables, ledger, contextOf } = parts
  const managed = (group: GroupId | null) => (group && members.group(group)?.managed) ?? null
  const lines = (
    group: GroupId | null,
    of: (feature: AnyFeature, its: FeatureSettings, text: Fill<string>) => string[] | undefined,
  ) =>
    features.flatMap((feature) => {
      const its = settings.feature(feature.name, managed(group))
      return its.enabled ? (of(feature, its, fill(feature, its)) ?? []) : []
    })
  const firstOf = <R>(of: (feature: AnyFeature) => R | undefined): R | undefined => {
    for (const feature of features) {
      const found = of(feature)
      if (found !== undefined) return found
    }
    return undefined
  }
  const awakeFrom = (at: Millis, timezone: string): Millis => {
    const end = quietUntil(at, settings.sending.quiet, timezone)
    return end === undefined ? at : awakeFrom(end, timezone)
  }
  return {
    rights,
    menu: (group) => lines(group, (feature, its, text) => feature.menu?.(firstWords(its), its.config, text)),
    rules: (group) => lines(group, (feature, its, text) => feature.rules?.(its.config, text)),
    help: (role) =>
      features.flatMap((feature) => {
        const names = commands.for(role).filter((named) => named.feature === feature)
        const summary = feature.summary[settings.language]
        return names.length === 0 ? [] : [{ summary, names: names.map(({ name }) => `/${name}`).join(' · ') }]
      }),
    helpFor: (typed, role) => {
      const name = canonical(typed).replace(/^\//, '')
      const alike = commands.for(role).filter((named) => `${named.name} `.startsWith(`${name} `))
      const [only, another] = alike
      if (!only) return undefined
      const { language } = settings
      if (!another) return `${only.command.summary[language]}\n${howTo(only, language)}`
      return alike
        .map((one) => `${usage(one.name, one.command.args, language)}\n　${one.command.summary[language]}`)
        .join('\n')
    },
    strays: () => {
      const all = [...tables.table<Stray>('engine.strays').entries()].sort(([, a], [, b]) => b.at - a.at)
      const [last] = all
      return {
        count: all.reduce((sum, [, stray]) => sum + stray.count, 0),
        last: last && { member: MemberId.parse(last[0]), text: last[1].text },
      }
    },
    nextNumber: () => 1 + Math.max(0, ...features.map((one) => one.numbers?.last(contextOf(one)) ?? 0)),
    aboutNumber: (number) => firstOf((one) => one.numbers?.about(number, contextOf(one))),
    ofNumber: (act, number) => firstOf((one) => one.numbers?.[act]?.(number, contextOf(one)) ?? undefined),
    activities: () =>
      features.flatMap((one) => one.activities?.list(contextOf(one)) ?? []).sort((a, b) => a.number - b.number),
    act: (number, request) => firstOf((one) => one.activities?.act(number, request, contextOf(one)) ?? undefined),
    wordOf: (text, group) => words.find(text, managed(group))?.feature.summary[settings.language],
    notes: (group) =>
      features.flatMap((feature) => {
        const its = settings.feature(feature.name, managed(group))
        return (its.enabled && feature.groupNote?.(contextOf(feature).inGroup(group))) || []
      }),
    statusNotes: (status) =>
      features.flatMap((feature) =>
        settings.feature(feature.name, null).enabled ? (feature.statusNote?.(status, contextOf(feature)) ?? []) : [],
      ),
    greeting: (member, group) =>
      firstOf((one) => {
        if (!one.greeting || !settings.feature(one.name, managed(group)).enabled) return undefined
        return one.greeting(member, group, contextOf(one).inGroup(group))
      }) ?? { name: members.name(member, group) },
    undo: (changes, why) => undo(changes, tables, ledger, why),
    configuredGroups: settings.groups.map(({ name }) => name),
    isQuiet: (at, timezone) => isQuiet(clock(at, timezone), settings.sending.quiet),
    awakeFrom,
  }
}

/** Fills in the texts of a feature as the operator may have reworded them. */
export function fill(feature: AnyFeature, its: FeatureSettings): Fill<string> {
  return (key, vars = {}) => {
    const template = its.texts[key]
    if (template === undefined) throw new Error(`${feature.name} has no text ${key}`)
    return render(template, vars)
  }
}

/** Each word as members are told to type it. */
export function firstWords(its: FeatureSettings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(its.words).flatMap(([name, [first]]) => (first === undefined ? [] : [[name, first]])),
  )
}
