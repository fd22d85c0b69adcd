// What there is to try: the members' words from the bot's own menu, the admins' commands from its own help.
import { example } from '../core/feature/arguments.ts'
import { CommandList } from '../core/engine/commands.ts'
import { fill, firstWords } from '../core/engine/house.ts'
import type { Settings } from '../core/feature/settings.ts'
import type { Config } from '../features/faq/entry.ts'
import { features } from '../features/index.ts'
import type { z } from 'zod'
import { pageTexts } from './page-texts.ts'

/** Words about it and lines to send, in turn, the words first: `['', '签到', '每天领积分']`. */
export type Suggestion = string[]

export interface Section {
  title: string
  suggestions: Suggestion[]
}

/** How the menu writes what can be sent: `「签到」每天领积分`. */
const word = /[「“]([^」”]+)[」”]/u
/** Questions of the answer library that are shown. */
const questions = 4

/** What members can say in a group by its name in `groups.yaml`, or to the bot directly (null). */
export function memberSections(settings: Settings, group: string | null): Section[] {
  const texts = pageTexts[settings.language]
  const menu = features.flatMap((feature) => {
    const its = settings.feature(feature.name, group)
    return its.enabled ? (feature.menu?.(firstWords(its), its.config, fill(feature, its)) ?? []) : []
  })
  const faq = settings.feature('faq', group)
  // The settings of a feature are what its own schema made.
  const { entries } = faq.config as z.infer<typeof Config>
  const asked = faq.enabled ? entries.filter(({ onlyAsked }) => !onlyAsked || group === null).slice(0, questions) : []
  return [
    { title: texts.members, suggestions: menu.flatMap((line) => line.split(/\n| · /)).map((line) => line.split(word)) },
    { title: texts.ask, suggestions: asked.map(({ question }) => ['', question]) },
    {
      title: texts.others,
      suggestions: [
        ['', texts.ad, texts.adTitle],
        ['', texts.thanks, texts.thanksTitle],
      ],
    },
  ].filter(({ suggestions }) => suggestions.length > 0)
}

/** What admins can say in the control group. */
export function controlSections(settings: Settings): Section[] {
  const { language } = settings
  const texts = pageTexts[language]
  const commands = new CommandList(features).for('owner').filter(({ name }) => name !== 'claim')
  const staff = features.flatMap(({ name, words }) =>
    Object.entries(words ?? {}).flatMap(([word, spec]) => {
      const [say] = settings.feature(name, null).words[word] ?? []
      return 'staff' in spec && say !== undefined ? [['', `${say} CODE`, texts.staffTitle]] : []
    }),
  )
  return [
    { title: texts.first, suggestions: [['', '/claim CODE', texts.claimTitle]] },
    { title: texts.staff, suggestions: staff },
    ...features.map((feature) => ({
      title: feature.summary[language],
      suggestions: commands
        .filter((suggestion) => suggestion.feature === feature)

        .map(({ name, command }) => ['', example(name, command.args, language), command.summary[language]]),
    })),
  ].filter(({ suggestions }) => suggestions.length > 0)
}
