// The running of the house itself: rights, help, menus, rules and undo, for the features that speak about the others.
import { usage } from '../feature/arguments.ts'
import { howTo, type CommandList } from './commands.ts'
import type { AnyCommunityContext } from '../feature/context.ts'
import type { Directory } from '../feature/directory.ts'
import { MemberId, type GroupId, type Millis } from '../types/ids.ts'
import type { AnyFeature } from '../feature/feature.ts'
import type { Fill, Texts } from '../types/localised.ts'
import type { Ledger } from '../money/ledger.ts'
import type { Stray } from './dispatch.ts'
import type { Rights } from '../feature/rights.ts'
import type { FeatureSettings, Settings } from '../feature/settings.ts'
import type { Tables } from '../feature/tables.ts'
import { canonical } from '../lib/text.ts'
import { render } from '../lib/render.ts'
import { engineTexts } from '../../locales/engine.ts'
import { clock, isQuiet, quietUntil } from '../lib/time.ts'
import { undo } from './undo.ts'
import type { House } from '../feature/house.ts'
import type { WordList } from '../feature/words.ts'

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
  contextOf: (feature: AnyFeature) => AnyCommunityContext
}

/** The house as it is during one event. */
export function makeHouse(parts: HouseParts): House {
  const { features, commands, words, settings, rights, members, tables, ledger, contextOf } = parts
  const managed = (group: GroupId | null) => (group && members.group(group)?.managed) ?? null
  const lines = (
    group: GroupId | null,
    of: (feature: AnyFeature, its: FeatureSettings, text: Fill<Texts>) => string[] | undefined,
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
    wordOf: (text, group) => words.hear(text, managed(group), false)[0]?.[0]?.feature.summary[settings.language],
    spellings: (group) => words.spellings(managed(group)),
    howTo: (text, group) => {
      const asked = words.hear(text, managed(group), true)[0]?.[0]
      if (!asked?.asksHow) return undefined
      const its = settings.feature(asked.feature.name, managed(group))
      const own = asked.feature.menu?.(firstWords(its), its.config, fill(asked.feature, its)) ?? []
      const [first = ''] = its.words[asked.word] ?? []
      return own.length > 0 ? own.join('\n') : render(engineTexts[settings.language].sayWord, { word: first })
    },
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
    isRecord: (table) => tables.specs.get(table)?.kind === 'record',
    undo: (changes, why) => undo(changes, tables, ledger, why),
    configuredGroups: settings.groups.map(({ name }) => name),
    isQuiet: (at, timezone) => isQuiet(clock(at, timezone), settings.sending.quiet),
    awakeFrom,
  }
}

/** Fills in the texts of a feature as the operator may have reworded them. */
export function fill(feature: AnyFeature, its: FeatureSettings): Fill<Texts> {
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
