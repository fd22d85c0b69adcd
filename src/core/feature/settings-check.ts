// How a feature turns the operator's settings into what it works with, and says what is wrong in them, when they are loaded.
import type { z } from 'zod'
import { nearest } from '../lib/spelling.ts'
import type { Localised } from '../types/localised.ts'
import type { QuietHours } from '../types/quiet-hours.ts'
import type { GroupSettings } from './settings.ts'
import type { DayKey } from '../lib/time.ts'

/** One row of a table that an operator keeps; `line` counts from 1. */
export interface Row {
  line: number
  cells: readonly string[]
}

/** Reads a YAML file that a setting names; undefined when the file is refused, which is told with its place in the file. */
export type ReadYaml = <T>(file: string, schema: z.ZodType<T>) => T | undefined

/** Something wrong in the settings that a schema cannot say; `path` leads to the value. */
export interface Problem {
  path: (string | number)[]
  message: Localised
  /** A warning is shown but does not refuse the file. */
  level?: 'warning'
}

/** What a feature's `check` may look at beside its own settings. */
export interface About<P> {
  language: keyof Localised
  /** Penalties and rewards of all features, in a line each. */
  rules: string[]
  prepared: P
  /** Names and tags of the groups in `groups.yaml`. */
  groups: readonly string[]
  /** Why a file of the config folder cannot be sent; undefined when it can. For names that no schema marks, as in tables. */
  fileTrouble: (name: string) => Localised | undefined
  /** Why the bot cannot give a command line itself, as far as that shows before it is given. */
  orderTrouble: (line: string) => Localised | undefined
  /** The groups with exactly these settings. */
  usedIn: readonly GroupSettings[]
  /** The day on which the settings are checked, for dates that are over. */
  today: DayKey
  /** Quiet hours, as clocks in each group show. */
  quiet: QuietHours
}

/** What is told of a name that is no group's and no tag's. @param groups names and tags of `groups.yaml` */
export function noGroup(name: string, groups: readonly string[]): Localised {
  const near = nearest(name, groups)
  return {
    zh: `没有群或标签叫「${name}」${near === undefined ? '，群名和标签写在 groups.yaml 里。' : `，是不是想写「${near}」？`}`,
    en: `no group or tag is called "${name}"${near === undefined ? '; they are in groups.yaml.' : `; did you mean "${near}"?`}`,
  }
}
