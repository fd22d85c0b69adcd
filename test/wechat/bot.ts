// Starts a bot as a child process against a local WeChat and lets a test await what it says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Standin } from '../../src/standin/standin.ts'

/** What the child says: an `Incoming`, a line of the console or the log, or the answer to an order. */
export type Line = { type: string } & Record<string, unknown>

export interface BotOptions {
  /** Kept over restarts when given. */
  folder?: string
  hurry?: number
  puppet?: string
  level?: string
  script?: string
}

export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'quanzi-account-'))
}

export class Bot {
  readonly folder: string
  /** Everything it said. */
  readonly lines: Line[] = []
  readonly ended: Promise<number | NodeJS.Signals>
  readonly #child
  readonly #watchers = new Set<() => void>()
  readonly #taken = new Set<Line>()
  #labels = 0
  #errors = ''

  constructor(weChat: Standin, { folder = newFolder(), script = 'account-child.ts', ...options }: BotOptions = {}) {
    this.folder = folder
    const args = Object.entries({ folder, ...options }).map(([name, value]) => `--${name}=${value}`)
    this.#child = spawn(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), path.join(import.meta.dirname, script), ...args],
      { env: { ...process.env, ...weChat.env }, stdio: ['pipe', 'pipe', 'pipe'] },
    )
    this.#child.stdin.on('error', () => undefined)
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.lines.push(line.startsWith('{') ? (JSON.parse(line) as Line) : { type: 'other', text: line })
      for (const look of [...this.#watchers]) look()
    })
    this.ended = once(this.#child, 'close').then(
      ([code, signal]: (number | NodeJS.Signals | null)[]) => signal ?? code ?? 0,
    )
    void this.ended.then(() => {
      for (const look of [...this.#watchers]) look()
    })
  }

  /** Resolves with the first line that fits and was not taken before; rejects when the bot ends or, as it seems to hang, after `within` ms. */
  async next(fits: (line: Line) => boolean, within = 300_000): Promise<Line> {
    let found: Line | undefined
    let over = false
    void this.ended.then(() => (over = true))
    await new Promise<void>((resolve, reject) => {
      const end = () => {
        clearTimeout(timer)
        this.#watchers.delete(look)
      }
      const fail = (why: string) => {
        end()
        const said = this.lines.map((line) => JSON.stringify(line).slice(0, 300))
        reject(new Error(`${why}. It said:\n${said.slice(-30).join('\n')}\n${this.#errors}`))
      }
      const look = () => {
        found = this.lines.find((line) => !this.#taken.has(line) && fits(line))
        if (found === undefined) return over ? fail('The bot ended') : undefined
        this.#taken.add(found)
        end()
        resolve()
      }
      const timer = setTimeout(() => fail(`Not within ${within} ms`), within)
      this.#watchers.add(look)
      look()
    })
    if (found === undefined) throw new Error('found and lost')
    return found
  }

  of(type: string, fields: Record<string, unknown> = {}): Promise<Line> {
    return this.next(
      (line) => line.type === type && Object.entries(fields).every(([name, value]) => line[name] === value),
    )
  }

  /** What was said until now is not waited for any more. */
  skip(): void {
    for (const line of this.lines) this.#taken.add(line)
  }

  /** The lines of one type so far. */
  all(type: string): Line[] {
    return this.lines.filter((line) => line.type === type)
  }

  async order(name: string, ...args: string[]): Promise<unknown> {
    const label = (this.#labels += 1)
    this.#child.stdin.write(`${JSON.stringify([label, name, ...args])}\n`)
    return (await this.of('answer', { label })).answer
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | NodeJS.Signals> {
    this.#child.kill(signal)
    return this.ended
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
