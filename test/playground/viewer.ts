// A browser's part in the tests of the playground's page: hears what it tells, asks for things.
import { request } from 'node:http'
import { expect } from 'vitest'
import type { Entry, State } from '../../src/playground/chats.ts'

/** What came back: the body as it is. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
}

/** A plain request, with any headers and any path, which `fetch` would put in order first. */
export function ask(url: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, headers, method: body === undefined ? 'GET' : 'POST', agent: false })
    asking.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

/** An open page: what it was told so far, read on while somebody waits for something. */
export class Viewer {
  readonly entries: Entry[] = []
  state: State | undefined
  clock = { now: 0, moving: false }
  readonly #url: string
  readonly #over = new AbortController()
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  #text = ''

  constructor(url: string) {
    this.#url = url
  }

  /** @param since how many entries it has seen before it was cut off */
  async open(since = 0): Promise<void> {
    const headers = { 'last-event-id': String(since) }
    const { body } = await fetch(`${this.#url}events`, { headers, signal: this.#over.signal })
    this.#reader = body?.getReader()
  }

  close(): void {
    this.#over.abort()
  }

  /** Reads on until it is so. */
  async until(met: () => boolean): Promise<void> {
    while (!met()) {
      const chunk = await this.#reader?.read()
      if (!chunk?.value) throw new Error('the page was closed')
      this.#text += Buffer.from(chunk.value).toString()
      const events = this.#text.split('\n\n')
      this.#text = events.pop() ?? ''
      for (const event of events) this.#hear(event)
    }
  }

  /** Resolves with the first entry that fits, also one of before. */
  async sees(fits: (entry: Entry) => boolean): Promise<Entry> {
    await this.until(() => this.entries.some(fits))
    const [found] = this.entries.filter(fits)
    if (!found) throw new Error('seen, but not there')
    return found
  }

  async asks(what: object): Promise<Answer> {
    const { origin, pathname } = new URL(this.#url)
    const headers = { origin, 'content-type': 'application/json' }
    return ask(this.#url, `${pathname}do`, headers, JSON.stringify(what))
  }

  /** Asks for something that is done. */
  async does(what: object): Promise<void> {
    const { status, body } = await this.asks(what)
    expect(`${status} ${body}`).toBe('200 ')
  }

  #hear(event: string): void {
    const { name, data } = /^event: (?<name>.*)\n(?:id: .*\n)?data: (?<data>.*)$/.exec(event)?.groups ?? {}
    const told: unknown = JSON.parse(data ?? 'null')
    // They are as the server made them.
    if (name === 'state') this.state = told as State
    else if (name === 'clock') this.clock = told as Viewer['clock']
    else this.entries.push(...(told as Entry[]))
  }
}
