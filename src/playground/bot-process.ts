// The bot of the playground as a process of its own: its start, its console, its clock, its end.
import { fileURLToPath } from 'node:url'
import { claimFile } from '../claim-code.ts'
import type { Millis } from '../core/types/ids.ts'
import { type Child, runNode } from '../standin/child.ts'
import { clockMark } from './clock.ts'

/** For the bot to start, on however slow a machine. Milliseconds, like all below. */
const patience = 180_000
/** How long the bot may take to end by itself. */
const endWithin = 15_000

const script = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './bot.ts' : './bot.js', import.meta.url))

export interface BotOptions {
  /** Environment in which it finds the local WeChat. */
  env: Record<string, string>
  configFolder: string
  dataFolder: string
  /** The bot's clock, while it moves forward. */
  onTime: (now: Millis) => void
  /** What the bot tells the operator on its console. */
  onTold: (text: string) => void
}

export class BotProcess {
  readonly #child: Child
  readonly #options: BotOptions
  #unfinished = ''

  constructor(options: BotOptions) {
    this.#options = options
    this.#child = runNode(script, {
      // Another puppet than the one for the web would go to the real WeChat.
      env: { ...options.env, WECHATY_PUPPET: '' },
      args: [options.configFolder, options.dataFolder],
      told: (chunk) => this.#hear(chunk),
    })
  }

  get ended(): Promise<unknown> {
    return this.#child.ended
  }

  /** Resolves with true when it is logged in and has found all groups, with false when it never will. */
  async isReady(groups: readonly { name: string }[]): Promise<boolean> {
    try {
      await this.#child.says(claimFile(this.#options.dataFolder), patience)
      for (const { name } of groups) await this.#child.says(name, patience)
      return true
    } catch {
      return false
    }
  }

  /** Moves its clock forward. */
  forward(to: Millis): void {
    this.#child.hears(String(to))
  }

  /** The end of its output, which shows why it ended. */
  lastWords(): string {
    const lines = this.#child.output().trimEnd().split('\n')
    return lines
      .filter((line) => !line.startsWith(clockMark))
      .slice(-20)
      .join('\n')
  }

  async end(): Promise<void> {
    const impatience = setTimeout(() => void this.#child.kill(), endWithin)
    await this.#child.kill('SIGTERM')
    clearTimeout(impatience)
  }

  #hear(chunk: string): void {
    const lines = (this.#unfinished + chunk).split('\n')
    this.#unfinished = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith(clockMark)) this.#options.onTime(Number(line.slice(clockMark.length)))
    }
    const told = lines.filter((line) => !line.startsWith(clockMark)).join('\n')
    if (told.trim() !== '') this.#options.onTold(told)
  }
}
