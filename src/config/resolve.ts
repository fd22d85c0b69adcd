// Every feature's settings in every group: layers merged, parsed, checked, prepared once for all groups where they are the same.
import { CommandList, orderTrouble } from '../core/engine/commands.ts'
import type { AnyFeature } from '../core/feature/feature.ts'
import type { Localised } from '../core/types/localised.ts'
import { deepFreeze } from '../core/lib/freeze.ts'
import type { About, Row } from '../core/feature/settings-check.ts'
import type { FeatureSettings, GroupSettings, Settings } from '../core/feature/settings.ts'
import { readCron } from '../schedule.ts'
import type { GroupsFile, Override } from './bot-files.ts'
import { featureFileParser, ownOf } from './feature-file.ts'
import { fileTrouble, marked } from './files.ts'
import { merged, placeIn, type Layer } from './layers.ts'
import type { Inventory } from './inventory.ts'
import type { Language, Problem } from './problem.ts'
import { rowsOf } from './rows.ts'
import { checker, couponChecker, ownWordChecker, sharedWords, type Case, type Found } from './cross-checks.ts'
import { nearest } from '../core/lib/spelling.ts'
import type { Issue } from './wording.ts'
import { yamlFile } from './yaml-file.ts'
import type { Path, Yaml } from './yaml.ts'

/** A feature and its file, which may be missing. */
export interface FeatureSource {
  feature: AnyFeature
  yaml: Yaml
}

/** `groups.yaml`; without `data` nothing is laid over the features' own files. */
export interface GroupsSource {
  yaml: Yaml
  data?: GroupsFile
}

/** What all files together say: `feature` finds the settings, of which there are some only without problems. */
export interface Resolved {
  problems: Problem[]
  warnings: Problem[]
  /** Items of the lists that features count, of the settings for all groups. */
  lists: Inventory['lists']
  feature: Settings['feature']
}

/** By group (null: the community at large) and by the feature's name. */
type Cases = ReadonlyMap<string | null, ReadonlyMap<string, Case>>

/**
 * Makes every feature's settings in every group, and checks them by themselves and together.
 * @param folder where files lie that settings name
 */
export function resolve(
  folder: string,
  sources: readonly FeatureSource[],
  groups: GroupsSource,
  language: Language,
  { timezone, ...when }: { timezone: string } & Pick<About<unknown>, 'today' | 'quiet'>,
): Resolved {
  const { cases, found } = casesOf(folder, sources, groups, language)
  const commands = new CommandList(sources.map(({ feature }) => feature))
  const users = usersOf(cases, groups, timezone)
  const check = checker(language, {
    ...when,
    usedIn: (config) => users.get(config) ?? [],
    orderTrouble(line) {
      const command = commands.find(line)
      return command ? orderTrouble(command.named) : noCommand(line)
    },
    groups: groups.data?.groups.flatMap(({ name, tags }) => [name, ...tags]) ?? [],
    fileTrouble: (name) => fileTrouble(folder, name),
  })
  const checkCoupons = couponChecker(
    language,
    sources.some(({ feature }) => feature.coupons !== undefined),
  )
  const checkOwnWords = ownWordChecker(language)
  for (const inScope of cases.values()) {
    const all = [...inScope.values()]
    found.push(...sharedWords(all, language), ...checkCoupons(all), ...checkOwnWords(all))
    // Without groups every name of one would be told as unknown: one mistake, one message.
    if (groups.data) found.push(...check(all))
  }
  const placed = ({ layers, path, at, text, place }: Found): Problem => ({
    ...(place ?? placeIn(layers, path, at)),
    text,
  })
  return {
    problems: found.filter(({ warning }) => !warning).map(placed),
    warnings: [...found.filter(({ warning }) => warning).map(placed), ...unusedTags(groups, language)],
    lists: listsOf(cases.get(null)),
    feature(name, group) {
      const settings = cases.get(group)?.get(name)?.settings
      if (!settings) throw new Error(`no settings of ${name} in ${group ?? 'the community'}`)
      return settings
    },
  }
}

function listsOf(inScope: ReadonlyMap<string, Case> | undefined): Inventory['lists'] {
  const lists = [...(inScope ?? [])].flatMap(([name, { feature, settings }]) => {
    return (feature.counted ?? []).map(({ label, of }, i) => {
      const key = i === 0 ? name : `${name} ${i}`
      return [key, { label, count: of(settings.config, settings.prepared) }] as const
    })
  })
  return Object.fromEntries(lists)
}

/** Settings as each feature's own schema takes them, and what is wrong by itself. */
function casesOf(
  folder: string,
  sources: readonly FeatureSource[],
  groups: GroupsSource,
  language: Language,
): { cases: Cases; found: Found[] } {
  const found: Found[] = []
  const cases = new Map<string | null, Map<string, Case>>()
  const scopes = [null, ...(groups.data?.groups.keys() ?? [])]
  for (const { feature, yaml } of sources) {
    if (yaml.value === undefined) continue
    const build = builder(folder, feature, language)
    const base: Layer = { yaml, root: [], raw: yaml.value ?? {} }
    for (const scope of scopes) {
      const layers = [base, ...overrides(feature.name, scope, groups)]
      const { settings, issues } = build(layers)
      found.push(...issues.map((issue) => ({ ...issue, layers })))
      if (!settings) continue
      const group = scope === null ? null : (groups.data?.groups[scope]?.name ?? null)
      const inScope = cases.get(group) ?? new Map<string, Case>()
      cases.set(group, inScope.set(feature.name, { feature, layers, settings }))
    }
  }
  return { cases, found }
}

/** The groups that share settings, by these. */
function usersOf(cases: Cases, groups: GroupsSource, timezone: string): ReadonlyMap<unknown, readonly GroupSettings[]> {
  const users = new Map<unknown, GroupSettings[]>()
  for (const { name, tags, timezone: own } of groups.data?.groups ?? []) {
    for (const { settings } of cases.get(name)?.values() ?? []) {
      const sharing = users.get(settings.config) ?? []
      sharing.push({ name, tags, timezone: own ?? timezone })
      users.set(settings.config, sharing)
    }
  }
  return users
}

function noCommand(line: string): Localised {
  const typed = line.split(/\s/)[0] ?? ''
  return {
    zh: `没有「${typed}」这个命令，在管理群发 /help 看全部。`,
    en: `there is no command "${typed}"; /help in the control group shows all.`,
  }
}

/** What `groups.yaml` changes in one group: first by its tags, in their order, then for itself. */
function overrides(feature: string, scope: number | null, { yaml, data }: GroupsSource): Layer[] {
  const group = scope === null ? undefined : data?.groups[scope]
  if (!data || !group) return []
  const places: [Path, Record<string, Override | undefined> | undefined][] = [
    ...group.tags.map((tag): [Path, Record<string, Override | undefined> | undefined] => [
      ['tags', tag, 'features', feature],
      Object.hasOwn(data.tags, tag) ? data.tags[tag]?.features : undefined,
    ]),
    [['groups', scope ?? 0, 'features', feature], group.features],
  ]
  return places.flatMap(([root, features]) => {
    const over = features?.[feature]
    if (over === undefined) return []
    return [{ yaml, root, raw: typeof over === 'boolean' ? { enabled: over } : over }]
  })
}

interface Built {
  settings?: FeatureSettings
  issues: Issue[]
}

/** Makes settings of layers; what says the same is made only once, however many groups say it. */
function builder(folder: string, feature: AnyFeature, language: Language) {
  const parseFile = featureFileParser(feature, language)
  const built = new Map<string, Built>()
  const prepared = new Map<string, Pick<FeatureSettings, 'config' | 'prepared'>>()
  const make = (raw: unknown): Built => {
    const { file, issues } = parseFile(raw)
    if (!file) return { issues }
    const own = ownOf(raw)
    const troubles = marked(feature.config, own, ({ file: mark }) => mark !== undefined).flatMap(({ path, name }) => {
      const trouble = fileTrouble(folder, name)
      return trouble ? [{ path, text: trouble[language] }] : []
    })
    if (troubles.length > 0) return { issues: troubles }
    const tables = new Map<string, readonly Row[]>()
    for (const { path, name } of marked(feature.config, own, ({ file: mark }) => mark === 'csv')) {
      const read = rowsOf(folder, name)
      if ('trouble' in read) return { issues: [{ path, text: read.trouble[language] }] }
      tables.set(name, read.rows)
    }
    const refused: Issue[] = []
    const key = JSON.stringify(own)
    const ready = prepared.get(key) ?? {
      config: deepFreeze(file.config),
      prepared: feature.prepare?.(
        file.config,
        (name) => {
          const rows = tables.get(name)
          if (!rows)
            throw new Error(`${feature.name} asks for rows of ${name}, which its settings do not name as a table`)
          return rows
        },
        readCron,
        (name, schema) => {
          const read = yamlFile(folder, name, schema, language)
          if ('data' in read) return read.data
          refused.push(...read.issues)
          return undefined
        },
      ),
    }
    if (refused.length > 0) return { issues: refused }
    prepared.set(key, ready)
    const { enabled } = file
    const [words, usualWords] = [deepFreeze(file.words), deepFreeze(file.usualWords)]
    const settings = { enabled, words, usualWords, texts: deepFreeze(file.texts), ...ready }
    return { settings: Object.freeze(settings), issues }
  }
  let base: Built | undefined
  return (layers: readonly Layer[]): Built => {
    if (layers.length === 1) return (base ??= make(layers[0]?.raw))
    // What lies lowest is the same for all, and may be long.
    const key = JSON.stringify(layers.slice(1).map(({ raw }) => raw))
    const same = built.get(key) ?? make(layers.map(({ raw }) => raw).reduce(merged))
    built.set(key, same)
    return same
  }
}

/** A tag that no group has is most likely misspelt, and what it says would be lost without a word. */
function unusedTags({ yaml, data }: GroupsSource, language: Language): Problem[] {
  const used = new Set(data?.groups.flatMap(({ tags }) => tags))
  return Object.keys(data?.tags ?? {})
    .filter((tag) => !used.has(tag))
    .map((tag) => {
      const near = nearest(tag, [...used])
      const text = {
        zh: `没有群带标签「${tag}」${near ? `，是不是想写「${near}」？` : '，这里的设置不起作用。'}`,
        en: `no group has the tag "${tag}"${near ? `; did you mean "${near}"?` : ', so this changes nothing.'}`,
      }
      return { ...yaml.place(['tags', tag], 'key'), text: text[language] }
    })
}
