// The features as those see them that speak about the others: help, menus, rules, numbers and undo.
import { usage } from '../feature/arguments.ts'
import { howTo as howToType, type NamedCommand } from './commands.ts'
import type { AnyCommunityContext, AnyGroupContext } from '../feature/context.ts'
import type { Listed, Request } from '../feature/activities.ts'
import type { Reply } from '../types/effect.ts'
import type { Entry, Status } from '../types/event.ts'
import { MemberId, type GroupId } from '../types/ids.ts'
import type { AnyFeature } from '../feature/feature.ts'
import type { Fill, Localised, Texts } from '../types/localised.ts'
import type { Ledger } from '../money/ledger.ts'
import type { Rights, Role } from '../feature/rights.ts'
import type { FeatureSettings } from '../feature/settings.ts'
import type { EngineState } from './state.ts'
import { canonical } from '../lib/text.ts'
import { render } from '../lib/render.ts'
import { engineTexts } from '../../locales/engine.ts'
import { identitiesOf } from './identities.ts'
import { takeBack } from './undo.ts'
import type { Hanging, House, Identities, Undone } from '../feature/house.ts'

/** The house as one feature has it, which signs what an undo books back. */
export class HouseView implements House {
  readonly #state: EngineState
  readonly #asking: { readonly ledger: Ledger }

  constructor(state: EngineState, asking: { readonly ledger: Ledger }) {
    this.#state = state
    this.#asking = asking
  }

  get rights(): Rights {
    return this.#state.rights
  }

  get identities(): Identities {
    return identitiesOf(this.#state)
  }

  menu(group: GroupId | null): string[] {
    return this.#lines(group, (feature, its, text) => feature.menu?.(firstWords(its), its.config, text))
  }

  rules(group: GroupId): string[] {
    const managed = this.#state.managed(group)
    const all = this.#state.features.map((feature) => ({
      feature,
      settings: this.#state.settingsOf(feature, managed),
    }))
    return ruleLines(all, this.#state.settings.language)
  }

  help(role: Role): { summary: string; names: string }[] {
    const { features, commands, settings } = this.#state
    return features.flatMap((feature) => {
      const names = commands.for(role).filter((named) => named.feature === feature)
      const summary = feature.summary[settings.language]
      return names.length === 0
        ? []
        : [{ summary, names: names.map((named) => inAWord(named, settings.language)).join(' · ') }]
    })
  }

  helpFor(typed: string, role: Role): string | undefined {
    const { language } = this.#state.settings
    const begun = canonical(typed).replace(/^\//, '')
    const all = this.#state.commands.for(role)
    const begins = all.filter(({ name }) => `${name} `.startsWith(`${begun} `))
    const alike = begins.length > 0 ? begins : this.#about(begun, all)
    const [only, another] = alike
    if (!only) return undefined
    if (!another) return `${only.command.summary[language]}\n${howToType(only, language)}`
    return alike
      .map(({ name, command }) => `${usage(name, command.args, language)}\n　${command.summary[language]}`)
      .join('\n')
  }

  /** Commands of the features that a text names in other words (抽奖), else those whose summary has it. */
  #about(typed: string, all: readonly NamedCommand[]): readonly NamedCommand[] {
    if ([...typed].length < 2) return []
    const { language } = this.#state.settings
    const has = (...texts: string[]) => texts.some((text) => canonical(text).includes(typed))
    const saidIn = (feature: AnyFeature) =>
      Object.values(this.#state.settingsOf(feature, null).words).some((words) =>
        words.some((word) => canonical(word) === typed),
      )
    const ofFeature = all.filter(({ feature }) => saidIn(feature) || has(feature.summary[language]))
    if (ofFeature.length > 0) return ofFeature.slice(0, FOUND)
    return all.filter(({ command }) => has(command.summary[language])).slice(0, FOUND)
  }

  ignoredCommands(): { count: number; last: { member: MemberId; text: string } | undefined } {
    const all = [...this.#state.ignored.entries()].sort(([, a], [, b]) => b.at - a.at)
    const [last] = all
    return {
      count: all.reduce((sum, [, { count }]) => sum + count, 0),
      last: last && { member: MemberId.parse(last[0]), text: last[1].text },
    }
  }

  ofNumber(act: 'undo' | 'why', number: number): Reply {
    return first(this.#state, (feature, cx) => feature.numbers?.[act]?.(number, cx) ?? undefined)
  }

  wasShown(number: number): boolean | undefined {
    return first(this.#state, (feature, cx) => feature.numbers?.wasShown?.(number, cx))
  }

  activities(): Listed[] {
    const { features } = this.#state
    return features
      .flatMap((feature) => feature.activities?.list(communityContext(this.#state, feature)) ?? [])
      .sort((a, b) => a.number - b.number)
  }

  act(number: number, request: Request): Reply {
    return first(this.#state, (feature, cx) => feature.activities?.act(number, request, cx) ?? undefined)
  }

  spellings(group: GroupId | null): readonly string[] {
    return this.#state.words.spellings(this.#state.managed(group))
  }

  join(from: MemberId, to: MemberId, proof: 'admin' | 'word', why: string): boolean {
    const { ledger } = this.#asking
    if (!this.identities.link(from, to, proof)) return false
    const points = ledger.balance(from)
    if (points > 0) {
      ledger.correct(from, -points, why)
      ledger.correct(to, points, why)
    }
    for (const { code } of ledger.coupons.open(from)) ledger.coupons.transfer(code, to)
    for (const feature of this.#state.features) feature.joinRecords?.(from, to, communityContext(this.#state, feature))
    return true
  }

  about(member: MemberId): string[] {
    return this.#state
      .on(null, 'any')
      .flatMap((feature) => feature.about?.(member, communityContext(this.#state, feature)) ?? [])
  }

  notes(group: GroupId): string[] {
    return this.#state
      .on(this.#state.managed(group), 'any')
      .flatMap((feature) => feature.groupNote?.(groupContext(this.#state, feature, group)) ?? [])
  }

  waiting(): string[] {
    return this.#state
      .on(null, 'any')
      .flatMap((feature) => feature.waiting?.(communityContext(this.#state, feature)) ?? [])
  }

  statusNotes(status: Status): string[] {
    return this.#state
      .on(null, 'any')
      .flatMap((feature) => feature.statusNote?.(status, communityContext(this.#state, feature)) ?? [])
  }

  greeting(member: MemberId, group: GroupId): 'no' | { name: string } {
    const greeter = this.#state.on(this.#state.managed(group), 'any').find((feature) => feature.greeting)
    const greeted = greeter?.greeting?.(member, group, groupContext(this.#state, greeter, group))
    return greeted ?? { name: this.#state.members.name(member, group) }
  }

  isRecord(table: string): boolean {
    return this.#state.tables.specs.get(table)?.kind === 'record'
  }

  undo(entry: Entry & { later?: readonly Entry[] }, why: string, hanging?: Hanging): Undone {
    return takeBack(entry, hanging, this.#state.tables, this.#asking.ledger, why)
  }

  #lines(
    group: GroupId | null,
    of: (feature: AnyFeature, its: FeatureSettings, text: Fill<Texts>) => string[] | undefined,
  ): string[] {
    const managed = this.#state.managed(group)
    return this.#state.on(managed, 'any').flatMap((feature) => {
      const its = this.#state.settingsOf(feature, managed)
      return of(feature, its, fill(feature, its)) ?? []
    })
  }
}

/** More commands than this are no answer to a question about one. */
const FOUND = 12

/** `/points add 给分`: a command with the beginning of what is said of it. */
function inAWord({ name, command }: NamedCommand, language: keyof Localised): string {
  const [first = ''] = command.summary[language].split(/[，；：。,;:.（(]/)
  return `/${name} ${first.trim()}`
}

/** The next number of the one series by which admins call things. */
export function nextNumber(state: EngineState): number {
  const last = (feature: AnyFeature) => feature.numbers?.last(communityContext(state, feature)) ?? 0
  return 1 + Math.max(0, ...state.features.map(last))
}

/** What a number is and which commands take it; undefined when nothing has that number. */
export function aboutNumber(state: EngineState, number: number): string | undefined {
  return first(state, (feature, cx) => feature.numbers?.about(number, cx))
}

/** What the feature is about whose word a text would be; undefined when it is none's. */
export function wordOf(state: EngineState, text: string, managed: string | null): string | undefined {
  return state.words.readings(text, managed, false)[0]?.[0]?.feature.summary[state.settings.language]
}

/** How to do what somebody asks for: lines of the menu; undefined when it is no such question. */
export function howTo(state: EngineState, text: string, managed: string | null): string | undefined {
  const asked = state.words.readings(text, managed, true)[0]?.[0]
  if (!asked?.asksHow) return undefined
  const its = state.settingsOf(asked.feature, managed)
  const own = asked.feature.menu?.(firstWords(its), its.config, fill(asked.feature, its)) ?? []
  const [word = ''] = its.words[asked.word] ?? []
  return own.some((line) => line.includes(word))
    ? own.join('\n')
    : render(engineTexts[state.settings.language].sayWord, { word })
}

/** The people whom some words mean together, asked of the features that know such; undefined when the words mean nobody in particular. */
export function crowdCalled(state: EngineState, typed: string): MemberId[] | undefined {
  const wanted = crowdKey(typed)
  for (const feature of state.on(null, 'any')) {
    const { called, of } = feature.crowd ?? {}
    const isMeant = called && [...called.zh, ...called.en].some((name) => crowdKey(name) === wanted)
    if (isMeant && of) return of(communityContext(state, feature))
  }
  return undefined
}

/** 所有今天签到的人, 今日签到: what is left of the words for some people without what only says that there are several. */
function crowdKey(typed: string): string {
  return canonical(typed)
    .replace(/^@/, '')
    .replace(/今日|今儿/gu, '今天')
    .replace(
      /所有|全部|全体|每个|每位|的?(?:人|群友|成员|朋友|邻居)们?|大家|都|了|过|的|^(?:all|everyone|everybody|who|those|the| )+/gu,
      '',
    )
    .replace(/ /g, '')
}

/** What the first feature has to say that has anything to. */
function first<R>(
  state: EngineState,
  of: (feature: AnyFeature, cx: AnyCommunityContext) => R | undefined,
): R | undefined {
  for (const feature of state.features) {
    const found = of(feature, communityContext(state, feature))
    if (found !== undefined) return found
  }
  return undefined
}

function communityContext(state: EngineState, feature: AnyFeature): AnyCommunityContext {
  return state.context(feature, null) as unknown as AnyCommunityContext
}

function groupContext(state: EngineState, feature: AnyFeature, group: GroupId): AnyGroupContext {
  return state.context(feature, group) as unknown as AnyGroupContext
}

/** Penalties and rewards of the features that are on, in a line each; none when there are none. */
export function ruleLines(
  all: readonly { feature: AnyFeature; settings: FeatureSettings }[],
  language: keyof Localised,
): string[] {
  const on = all.filter(({ settings }) => settings.enabled)
  const isOn = (name: string) => on.some(({ feature }) => feature.name === name)
  const rules = on.flatMap(
    ({ feature, settings }) => feature.rules?.(settings.config, fill(feature, settings), isOn) ?? [],
  )
  const line = (key: 'penalties' | 'rewards') => {
    const what = rules.flatMap((rule) => rule[key] ?? [])
    const texts = engineTexts[language]
    return what.length === 0 ? [] : [render(texts[key], { what: what.join(texts.ruleAnd) })]
  }
  return [...line('penalties'), ...line('rewards')]
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

export function isWarned(state: EngineState, member: MemberId): boolean {
  return state.features.some((feature) => feature.isWarned?.(member, communityContext(state, feature)) === true)
}
