// Runs a bot as a process of its own, because Node reads NODE_EXTRA_CA_CERTS only when it starts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** A running Node process and what it has said so far. */
export interface Child {
  pid: number
  /** Everything it wrote to standard output and standard error. */
  output(): string
  /** Resolves when the output contains the text; rejects when the process ends before, or after `withinMs`. */
  says(text: string, withinMs?: number): Promise<void>
  /** Writes a line to its standard input. */
  hears(line: string): void
  /** Sends a signal and resolves with the end of the process: its exit code, or the signal that ended it. */
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>
  /** Resolves when it ends. */
  ended: Promise<number | NodeJS.Signals>
}

/**
 * Starts a TypeScript or JavaScript file under Node with tsx.
 * @param script seen from this process's folder, whatever `cwd` says
 * @param env added to this process's own environment; give it {@link Standin.env}
 * @param told hears what comes on its standard output, piece by piece
 */
export function runNode(
  script: string,
  {
    env,
    cwd = process.cwd(),
    args = [],
    told,
  }: { env: Record<string, string>; cwd?: string; args?: string[]; told?: (chunk: string) => void },
): Child {
  const tsx = import.meta.resolve('tsx')
  const child = spawn(process.execPath, ['--import', tsx, path.resolve(script), ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`cannot start ${script}`)
  const output = new Output()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => output.add(chunk))
  if (told) child.stdout.on('data', told)
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => output.add(chunk))
  // Writing to a process that has just been killed is no error of the writer.
  child.stdin.on('error', () => undefined)
  // No bot shall outlive who started it.
  const killer = () => child.kill('SIGKILL')
  process.once('exit', killer)
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals | null)[]) => {
    process.off('exit', killer)
    return signal ?? code ?? 0
  })

  return {
    pid,
    ended,
    output: () => output.text,
    hears: (line) => child.stdin.write(`${line}\n`),
    says: (text, withinMs = 300_000) => output.says(text, withinMs, script, ended),
    kill(signal = 'SIGKILL') {
      child.kill(signal)
      return ended
    },
  }
}

/** What a process has said so far, to be awaited. */
class Output {
  text = ''
  readonly #listeners = new Set<() => void>()

  add(chunk: string): void {
    this.text += chunk
    for (const listener of [...this.#listeners]) listener()
  }

  /** See {@link Child.says}. */
  says(text: string, withinMs: number, script: string, ended: Child['ended']): Promise<void> {
    if (this.text.includes(text)) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        this.#listeners.delete(listener)
      }
      const listener = () => {
        if (!this.text.includes(text)) return
        stop()
        resolve()
      }
      const fail = (why: string) => {
        stop()
        reject(new Error(`${script} did not say 「${text}」${why}; it said:\n${this.text}`))
      }
      const timer = setTimeout(() => fail(` within ${withinMs} ms`), withinMs)
      this.#listeners.add(listener)
      void ended.then((end) => fail(` before it ended (${end})`))
    })
  }
}
