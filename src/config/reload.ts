// Takes up what the operator saved; what looks like lost content is held back for some seconds, then asked about.
import type { Vars } from '../core/types/localised.ts'
import { changesText, lossesText, type Inventory } from './inventory.ts'
import type { Loaded } from './load.ts'
import { problemsText } from './problem.ts'

/** Editors and sync tools empty a file before they write it: after this time (ms) a loss is one. */
export const HOLD = 5000

export interface ReloadParts {
  /** Reads the folder. */
  load: () => Loaded
  /** Why settings cannot be put into use, though they are sound: a sentence each. */
  objections?: (loaded: Extract<Loaded, { ok: true }>) => readonly string[]
  /** Puts new settings into use. */
  apply: (loaded: Extract<Loaded, { ok: true }>) => void
  /** Calls `run` once after that many milliseconds. @returns what cancels it */
  later: (ms: number, run: () => void) => () => void
  /** Fills in a text in the language of the settings in use. */
  text: (key: 'reloaded' | 'notReloaded' | 'lossAsked', vars: Vars) => string
  /** The time since which the settings in use are, as a clock shows. */
  since: () => string
}

/** What came of reading the folder: whether it is in use now, and what to tell. */
export interface Reloaded {
  ok: boolean
  text: string
}

/** The settings in use, and those that are in the folder. */
export class Reloader {
  readonly #parts: ReloadParts
  #inUse: Inventory
  #cancel = () => {}

  /** @param inUse what the settings in use were made of */
  constructor(inUse: Inventory, parts: ReloadParts) {
    this.#inUse = inUse
    this.#parts = parts
  }

  /** The folder has changed. @param tell tells the operator what came of it, at once or after a while */
  changed(tell: (text: string) => void): void {
    this.#cancel()
    const loaded = this.#parts.load()
    if (this.#losses(loaded).length === 0) tell(this.#takeUp(loaded).text)
    else this.#cancel = this.#parts.later(HOLD, () => tell(this.reload('careful').text))
  }

  /** Reads the folder. @param how `anyway`: also when much of it is lost */
  reload(how: 'careful' | 'anyway'): Reloaded {
    this.#cancel()
    const loaded = this.#parts.load()
    const losses = how === 'anyway' || !loaded.ok ? [] : this.#losses(loaded)
    if (losses.length === 0) return this.#takeUp(loaded)
    const { text, since } = this.#parts
    return {
      ok: false,
      text: text('lossAsked', { losses: losses.map((loss) => `· ${loss}`).join('\n'), since: since() }),
    }
  }

  stop(): void {
    this.#cancel()
  }

  #losses(loaded: Loaded): string[] {
    return lossesText(this.#inUse, loaded.inventory, loaded.language)
  }

  #takeUp(loaded: Loaded): Reloaded {
    const { apply, text, since } = this.#parts
    if (!loaded.ok) {
      const problems = problemsText(loaded.problems, loaded.language)
      return { ok: false, text: text('notReloaded', { problems, since: since() }) }
    }
    const objections = this.#parts.objections?.(loaded) ?? []
    if (objections.length > 0)
      return { ok: false, text: text('notReloaded', { problems: objections.join('\n'), since: since() }) }
    const changes = changesText(this.#inUse, loaded.inventory, loaded.language)
    this.#inUse = loaded.inventory
    apply(loaded)
    const warnings = loaded.warnings.length === 0 ? '' : `\n${problemsText(loaded.warnings, loaded.language)}`
    return {
      ok: true,
      text: text('reloaded', {
        changes: changes.length === 0 ? '' : `\n${changes.join(loaded.language === 'zh' ? '，' : ', ')}`,
        warnings,
      }),
    }
  }
}
