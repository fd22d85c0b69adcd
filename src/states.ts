// What the bot cannot hear, see, send or keep for the time being: each state has a name, one line when it begins, one when it is over.
import type { GroupId, Millis } from './core/types/ids.ts'
import type { AccountState } from './wechat/account.ts'
import { render } from './core/lib/render.ts'
import { stateTexts } from './locales/states.ts'

/** `offline`: WeChat does not answer. `loggedOut`: a new scan is needed. `groupRefuses`: one group takes no message. */
export type StateName = AccountState | 'offline' | 'disk' | 'groupRefuses' | 'silent' | 'controlLost' | 'crashLoop'

/** One state, as it is shown. */
export interface LiveState {
  name: StateName
  group: GroupId | null
  since: Millis
  /** For `/groups` and `/status`. */
  short: string
}

export interface StatesParts {
  now: () => Millis
  language: () => 'zh' | 'en'
  /** A state began, changed or is over. @param text what the operator reads of it */
  changed: (state: LiveState, is: 'on' | 'over', text: string) => void
}

export class States {
  readonly #parts: StatesParts
  readonly #live = new Map<string, LiveState>()

  constructor(parts: StatesParts) {
    this.#parts = parts
  }

  get list(): readonly LiveState[] {
    return [...this.#live.values()]
  }

  has(name: StateName, group: GroupId | null = null): boolean {
    return this.#live.has(keyOf(name, group))
  }

  /** @param vars of the texts; the same state with the same texts is told once. @param text in place of the usual one */
  begin(name: StateName, group: GroupId | null, vars: Readonly<Record<string, string | number>>, text?: string): void {
    const texts = stateTexts[this.#parts.language()][name]
    const before = this.#live.get(keyOf(name, group))
    const short = render(texts.short, vars)
    if (before?.short === short) return
    const state = { name, group, since: before?.since ?? this.#parts.now(), short }
    this.#live.set(keyOf(name, group), state)
    this.#parts.changed(state, 'on', text ?? render(texts.begins, vars))
  }

  end(
    name: StateName,
    group: GroupId | null,
    vars: Readonly<Record<string, string | number>> = {},
    text?: string,
  ): void {
    const state = this.#live.get(keyOf(name, group))
    if (state === undefined) return
    this.#live.delete(keyOf(name, group))
    this.#parts.changed(state, 'over', text ?? render(stateTexts[this.#parts.language()][name].over, vars))
  }
}

function keyOf(name: StateName, group: GroupId | null): string {
  return `${name} ${group ?? ''}`
}
