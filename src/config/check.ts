// `quanzi check`: the config folder's problems as a compiler tells them, or one line of what was found.
import type { AnyFeature } from '../core/feature/feature.ts'
import type { Settings } from '../core/feature/settings.ts'
import { loadConfig } from './load.ts'
import { problemsText, type Language } from './problem.ts'

/** @returns what to print, and whether a bot could start with this folder */
export function checkConfig(
  folder: string,
  features: readonly AnyFeature[],
  now = Date.now(),
): { text: string; ok: boolean } {
  const loaded = loadConfig(folder, features, now)
  const { language } = loaded
  if (!loaded.ok) {
    const count = loaded.problems.length
    const end =
      language === 'zh'
        ? `共 ${count} 处要改。改好之前，机器人不会用这些配置。`
        : `${count} to mend. Until then the bot will not use these files.`
    return { text: `${problemsText(loaded.problems, language)}\n${end}`, ok: false }
  }
  const warnings = loaded.warnings.length === 0 ? [] : [problemsText(loaded.warnings, language)]
  return { text: [...warnings, summary(loaded.settings, features, language)].join('\n'), ok: true }
}

function summary(settings: Settings, features: readonly AnyFeature[], language: Language): string {
  const on = features.filter(({ name }) =>
    [null, ...settings.groups.map((group) => group.name)].some((group) => settings.feature(name, group).enabled),
  )
  const entries = on.reduce((sum, { name }) => sum + entriesIn(settings.feature(name, null).config), 0)
  const groups = settings.groups.length
  return language === 'zh'
    ? `配置没有问题：${groups} 个群，${on.length} 项功能，${entries} 条内容。`
    : `All well: ${groups} groups, ${on.length} features, ${entries} entries.`
}

/** Items of the lists that a feature's settings consist of: questions, blocks, posts. */
function entriesIn(config: unknown): number {
  const lists = typeof config === 'object' && config !== null ? Object.values(config).filter(Array.isArray) : []
  return lists.reduce((sum, list) => sum + list.length, 0)
}
