// Loads the config folder: all of it as settings, or every problem in it with file, line and column.
import { existsSync, readdirSync } from 'node:fs'
import type { z } from 'zod'
import type { AnyFeature } from '../core/feature/feature.ts'
import { deepFreeze } from '../core/lib/freeze.ts'
import type { Settings } from '../core/feature/settings.ts'
import type { Localised } from '../core/types/localised.ts'
import { canonical } from '../core/lib/text.ts'
import { dayKey } from '../core/lib/time.ts'
import { BotFile, groupsFile, type GroupsFile } from './bot-files.ts'
import { readText, shownName } from './file.ts'
import { valuesIn, type Inventory } from './inventory.ts'
import { inOrder, type Language, type Problem } from './problem.ts'
import { resolve } from './resolve.ts'
import { nearest } from '../core/lib/spelling.ts'
import { parse } from './wording.ts'
import { noYaml, readYaml, type Yaml } from './yaml.ts'

/** What came of a config folder. */
export type Loaded = { language: Language; inventory: Inventory } & (
  { ok: true; settings: Settings; warnings: Problem[] } | { ok: false; problems: Problem[] }
)

/** A config file with what its schema made of it; `data` is missing when the schema refuses it. */
interface Read<T> {
  yaml: Yaml
  data?: T
  problems: Problem[]
}

/**
 * Reads and checks all of a config folder. Nothing is half loaded: there are settings, or problems.
 * @param features all features, also those that the operator switched off
 * @param instead files to be read in place of features' own, by feature
 * @param now milliseconds; what lies before it is warned of as over
 */
export function loadConfig(
  folder: string,
  features: readonly AnyFeature[],
  now = Date.now(),
  instead: Readonly<Record<string, string>> = {},
): Loaded {
  const botText = readText(folder, 'bot.yaml')
  const language = languageOf(botText.text)
  const open = (name: string, needed?: 'needed') => openYaml(folder, name, language, needed)
  const bot = checked(open('bot.yaml', 'needed'), BotFile, language)
  const groups = checked(open('groups.yaml', 'needed'), groupsFile(features), language)
  const problems = [...bot.problems, ...groups.problems, ...sameGroups(groups, language)]

  const files = features.map((feature) => ({ feature, yaml: open(instead[feature.name] ?? `${feature.name}.yaml`) }))
  const unreadable = [bot, groups, ...files].flatMap(({ yaml }) => yaml.problems)
  problems.push(...unreadable)
  const { timezone: zone = 'Asia/Shanghai', sending: sends } = bot.data ?? {}
  const when = { timezone: zone, today: dayKey(now, zone), quiet: sends?.quiet ?? null }
  const resolved = resolve(folder, files, groups, language, when)
  problems.push(...resolved.problems)

  const order = ['bot', 'groups', ...features.map(({ name }) => name)].map((name) => shownName(folder, `${name}.yaml`))
  const inventory = inventoryOf(folder, [bot.yaml, groups.yaml, ...files.map(({ yaml }) => yaml)], {
    ...(groups.data && { groups: { label: { zh: '群', en: 'groups' }, count: groups.data.groups.length } }),
    ...resolved.lists,
  })
  if (problems.length > 0 || !bot.data || !groups.data || !resolved.feature) {
    return { ok: false, language, inventory, problems: inOrder(problems, order, language, unreadable) }
  }
  const { timezone, botName, sending, messageDays, control, alarm } = bot.data
  const settings: Settings = {
    language,
    timezone,
    botName,
    sending,
    messageDays,
    control,
    ...(alarm ? { alarm } : {}),
    groups: groups.data.groups.map(({ name, tags, timezone: own }) => ({ name, tags, timezone: own ?? timezone })),
    feature: resolved.feature,
  }
  const traps = [bot, groups, ...files].flatMap(({ yaml }) => yaml.warnings)
  const warnings = [...resolved.warnings, ...traps, ...unknownFiles(folder, order, language)]
  return { ok: true, language, inventory, settings: deepFreeze(settings), warnings: inOrder(warnings, order, language) }
}

function inventoryOf(folder: string, yamls: readonly Yaml[], lists: Inventory['lists']): Inventory {
  const names = existsSync(folder) ? readdirSync(folder) : []
  // A file that cannot be read has not lost anything: it is told as a mistake.
  const files = yamls.flatMap(({ file, value }) =>
    value !== undefined && names.some((name) => shownName(folder, name) === file)
      ? [[file, valuesIn(value)] as const]
      : [],
  )
  return { files: Object.fromEntries(files), lists, names }
}

/** The language of all messages has to be known before anything else, even from a file that is otherwise broken. */
function languageOf(bot: string | undefined): Language {
  return /^language[:：]\s*['"]?(?:en\b|英文|英语)/im.test(bot ?? '') ? 'en' : 'zh'
}

function openYaml(folder: string, name: string, language: Language, needed?: 'needed'): Yaml {
  const file = shownName(folder, name)
  const { text, trouble } = readText(folder, name)
  if (text !== undefined) return readYaml(file, text, language)
  if (trouble !== 'missing') return noYaml(file, [{ file, ...trouble, text: trouble.text[language] }])
  return noYaml(
    file,
    needed && [{ file, line: 1, column: 1, text: missingText[name === 'bot.yaml' ? 'bot' : 'groups'][language] }],
  )
}

// Without bot.yaml the reader's language is not known either, so that sentence is told in both.
const init = {
  zh: '运行 npm run quanzi -- init 会补上缺的样本文件。',
  en: 'Run npm run quanzi -- init to get the missing sample files.',
}
const both = `找不到这个文件。${init.zh} / This file is missing. ${init.en}`
const missingText = {
  bot: { zh: both, en: both },
  groups: { zh: `找不到这个文件。${init.zh}`, en: `this file is missing. ${init.en}` },
}

function checked<T>(yaml: Yaml, schema: z.ZodType<T>, language: Language): Read<T> {
  if (yaml.value === undefined) return { yaml, problems: yaml.problems }
  const result = parse(schema, yaml.value ?? {}, language)
  if (result.ok) return { yaml, data: result.data, problems: yaml.problems }
  const found = result.issues.map(({ path, at, text }) => ({ ...yaml.place(path, at), text }))
  return { yaml, problems: [...yaml.problems, ...found] }
}

/** A group is found by its name, so no two may have the same. */
function sameGroups({ yaml, data }: Read<GroupsFile>, language: Language): Problem[] {
  const seen = new Map<string, number>()
  return (data?.groups ?? []).flatMap(({ name }, i) => {
    const first = seen.get(canonical(name))
    if (first === undefined) {
      seen.set(canonical(name), i)
      return []
    }
    const { line } = yaml.place(['groups', first, 'name'])
    const text = {
      zh: `群「${name}」和第 ${line} 行的群同名。两个群不能同名，请先在微信里给一个群改名。`,
      en: `the group "${name}" has the same name as the one in line ${line}. Rename one of them in WeChat first.`,
    }
    return [{ ...yaml.place(['groups', i, 'name']), text: text[language] }]
  })
}

/**
 * A file that nothing reads is most likely misnamed, and the operator would wonder why nothing changes: `faq.yaml.txt`, `faq.yml`,
 * `faq(1).yaml`, `faq - 副本.yaml`.
 */
function unknownFiles(folder: string, known: readonly string[], language: Language): Problem[] {
  const names = readdirSync(folder)
  const isConfig = /\.ya?ml$|\.ya?ml\.(?:txt|text|doc|docx|rtf)$/i
  const stray = names.filter((name) => isConfig.test(name) && !known.includes(shownName(folder, name)))
  return stray.map((name) => {
    const stem = /^[a-z-]+/.exec(name.normalize('NFKC').toLowerCase())?.[0] ?? ''
    const meant =
      known.find((file) => file === shownName(folder, `${stem}.yaml`)) ?? nearest(shownName(folder, name), known)
    const isThere = meant !== undefined && names.some((other) => shownName(folder, other) === meant)
    return { file: shownName(folder, name), line: 1, column: 1, text: unknownFileText(name, meant, isThere)[language] }
  })
}

function unknownFileText(name: string, meant: string | undefined, isThere: boolean): Localised {
  if (meant === undefined) return { zh: '没有哪个功能读这个文件。', en: 'no feature reads this file.' }
  const hidden = /\.(?:txt|text|docx?|rtf)$/i.test(name)
  if (isThere) {
    return {
      zh: `机器人不读这个文件，只读 ${meant}。要用它，就把内容放进 ${meant}；不用就删掉。`,
      en: `this file is not read, only ${meant} is. Put its content there to use it, or delete it.`,
    }
  }
  return {
    zh: `机器人不读这个文件，是不是应该叫 ${meant}？${hidden ? '（在资源管理器的「查看」里打开「文件扩展名」，再把后面多出来的去掉。）' : ''}`,
    en: `this file is not read; should it be called ${meant}?${hidden ? ' (Show file name extensions in the file manager, then remove the last one.)' : ''}`,
  }
}
