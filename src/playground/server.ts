// Serves the playground's page to the browsers of this machine, and to nobody who does not know its address.
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Asked, largest } from './request.ts'
import type { Media } from './chats.ts'

/** What the page is made of: read once, never looked up by a name that somebody asked for. */
const files = new Map(
  (
    [
      ['', 'index.html', 'text/html'],
      ['page.css', 'page.css', 'text/css'],
      ['page.js', 'page.js', 'text/javascript'],
    ] as const
  ).map(([path, file, type]) => [
    path as string,
    { type: `${type}; charset=utf-8`, body: readFileSync(new URL(`page/${file}`, import.meta.url)) },
  ]),
)

const guarded = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

/** What the page shows and asks for. */
export interface Show {
  /** Everything that a page which has just been opened must know, as events in order. `since`: the number of entries it has. */
  events(since: number): PageEvent[]
  media(id: number): Media | undefined
  /** @returns why it cannot be done, for who asked; undefined when it is done */
  ask(asked: Asked): string | undefined
}

export interface PageEvent {
  name: string
  data: unknown
  /** How many entries a page has after it. */
  id?: number
}

export interface PageServer {
  url: string
  /** Tells every open page. */
  tell(event: PageEvent): void
  close(): Promise<void>
}

/**
 * @param port 0 for any that is free
 * @throws when the port is taken
 */
export async function servePage(show: Show, port: number): Promise<PageServer> {
  const token = randomBytes(24).toString('base64url')
  const open = new Set<ServerResponse>()
  let hosts: string[] = []
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(guarded)) response.setHeader(name, value)
    const refused = refusal(request, hosts)
    const [, shown = '', ...path] = (request.url ?? '').split('?', 1)[0]?.split('/') ?? []
    if (refused !== undefined) end(response, refused)
    else if (!isSame(shown, token) || path.length === 0) end(response, 404)
    else if (request.method === 'POST') void take(request, response, path.join('/'), show)
    else if (request.method !== 'GET') end(response, 405)
    else if (path.join('/') === 'events') {
      open.add(response)
      response.on('close', () => open.delete(response))
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      const since = Number(request.headers['last-event-id'] ?? 0)
      for (const event of show.events(Number.isSafeInteger(since) ? since : 0)) response.write(wire(event))
    } else give(response, path, show)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo
  hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${address.port}`)
  return {
    url: `http://127.0.0.1:${address.port}/${token}/`,
    tell(event) {
      for (const response of open) response.write(wire(event))
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Another website can neither reach the page under a name of its own nor send it anything. */
function refusal({ headers, method }: IncomingMessage, hosts: readonly string[]): number | undefined {
  const { host = '', origin } = headers
  if (!hosts.includes(host)) return 403
  if (origin === undefined ? method === 'POST' : origin !== `http://${host}`) return 403
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none' ? undefined : 403
}

function isSame(shown: string, token: string): boolean {
  const [a, b] = [Buffer.from(shown), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function give(response: ServerResponse, path: readonly string[], show: Show): void {
  const file = files.get(path.join('/'))
  if (file) return void response.writeHead(200, { 'Content-Type': file.type }).end(file.body)
  const [folder, id = '', ...more] = path
  const media = folder === 'media' && /^\d{1,9}$/.test(id) && more.length === 0 ? show.media(Number(id)) : undefined
  if (!media) return end(response, 404)
  response.setHeader('Content-Type', media.type ?? 'application/octet-stream')
  if (media.type === undefined) response.setHeader('Content-Disposition', 'attachment')
  response.end(media.bytes)
}

async function take(request: IncomingMessage, response: ServerResponse, path: string, show: Show): Promise<void> {
  if (path !== 'do') return end(response, 404)
  if (request.headers['content-type'] !== 'application/json') return end(response, 415)
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      // Base64 makes a third more of it.
      if (size > largest * 1.5) return end(response, 413)
      chunks.push(chunk)
    }
  } catch {
    return // The page went away while it was still sending.
  }
  const asked = Asked.safeParse(parsed(Buffer.concat(chunks).toString()))
  if (!asked.success) return end(response, 400)
  const slip = show.ask(asked.data)
  if (slip === undefined) return end(response, 200)
  response.writeHead(409, { 'Content-Type': 'text/plain; charset=utf-8' }).end(slip)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}

function wire({ name, data, id }: PageEvent): string {
  return `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`
}
