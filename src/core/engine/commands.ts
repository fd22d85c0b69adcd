// Slash-commands: finding the one that was meant, rights, confirmation, usage lines and help.
import { distance } from 'fastest-levenshtein'
import { words } from '../feature/argument.ts'
import { example, usage } from '../feature/arguments.ts'
import type { AnyFeature } from '../feature/feature.ts'
import type { GroupId } from '../types/ids.ts'
import type { Localised } from '../types/localised.ts'
import { roles, type Role } from '../feature/rights.ts'
import { canonical } from '../lib/text.ts'

/** A command, its name without the slash, and whose it is. */
export interface NamedCommand {
  feature: AnyFeature
  name: string
  command: NonNullable<AnyFeature['commands']>[string]
}

/** A line that turned out to be a command. */
export interface FoundCommand {
  named: NamedCommand
  /** What follows the name on the line. */
  rest: string
}

/** How a command is run. */
export interface RunOptions {
  /** What its arguments meant (as JSON) when the sender said yes to it. */
  agreed?: string
  /** The group that is meant where the line names none. */
  group?: GroupId | undefined
}

/** The commands of all features. */
export class CommandList {
  readonly #byName = new Map<string, NamedCommand>()

  /** @throws when two features claim the same name. */
  constructor(features: readonly AnyFeature[]) {
    for (const feature of features) {
      for (const [name, command] of Object.entries(feature.commands ?? {})) {
        const other = this.#byName.get(name)
        if (other) throw new Error(`both ${other.feature.name} and ${feature.name} claim /${name}: rename one of them`)
        this.#byName.set(name, { feature, name, command })
      }
    }
  }

  /** The command that a line names (the longest name wins) and what follows the name. */
  find(line: string): FoundCommand | undefined {
    const typed = words(line.slice(1))
    for (const length of [2, 1]) {
      const name = typed
        .slice(0, length)
        .map(({ text }) => canonical(text))
        .join(' ')
      const named = typed.length >= length ? this.#byName.get(name) : undefined
      const next = typed[length]
      if (named) return { named, rest: next ? line.slice(1 + next.at) : '' }
    }
    return undefined
  }

  /** The commands that a role may use, by feature. */
  for(role: Role): NamedCommand[] {
    return [...this.#byName.values()].filter(({ command }) => roles.indexOf(role) >= roles.indexOf(command.role))
  }

  /** Names that look like what was typed, the nearest first. */
  like(line: string, role: Role): string[] {
    const typed = canonical(line.slice(1)).split(' ')[0] ?? ''
    return this.for(role)
      .map(({ name }) => ({ name, wrong: distance(typed, name.split(' ')[0] ?? '') }))
      .filter(({ wrong }) => wrong <= 2)
      .sort((a, b) => a.wrong - b.wrong)
      .slice(0, 3)
      .map(({ name }) => name)
  }
}

/** Whether a message of the control group is a command: `/x`, also typed with a full-width slash. */
export function isCommand(text: string): boolean {
  return /^[/／]\p{L}/u.test(text)
}

/** Why the bot may not give a command itself; undefined when it may. */
export function orderTrouble({ name, command }: NamedCommand): Localised | undefined {
  const needsPerson = command.role === 'owner' || command.confirm !== undefined || command.anywhere
  if (!needsPerson) return undefined
  return { zh: `「/${name}」只能由人来发。`, en: `"/${name}" can only be given by a person.` }
}

/** Usage and example, as an admin reads them under what is wrong. */
export function howTo({ name, command }: NamedCommand, language: keyof Localised): string {
  const spec = command.args
  const lines = [usage(name, spec, language), example(name, spec, language)]
  const labels = language === 'zh' ? ['写法：', '例子：'] : ['Usage: ', 'Example: ']
  const shown = lines[0] === lines[1] ? lines.slice(0, 1) : lines
  return shown.map((line, i) => `${labels[i]}${line}`).join('\n')
}
