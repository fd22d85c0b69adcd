// For supervisors: a file that says how the bot is, renewed every half minute, and on request the same on a port of this machine.
import { createServer, type Server } from 'node:http'
import type { DataFolder } from './data-folder.ts'

/** How the bot is; `ok` is false while it can neither hear nor keep anything. */
export interface Health {
  ok: boolean
  online: boolean
  level: string
  states: { name: string; since: string }[]
  pid: number
  at: string
}

export interface HealthOptions {
  data: DataFolder
  now: () => number
  state: () => { online: boolean; level: string; states: readonly { name: string; since: number }[] }
  /** Of 127.0.0.1; undefined: no port. */
  port: number | undefined
  /** Told when the port cannot be had. */
  failed: (error: unknown) => void
}

export const healthFile = 'health.json'
/** Milliseconds between two renewals of the file. */
const every = 30_000
/** States in which a supervisor should look. */
const serious = ['offline', 'loggedOut', 'disk']

/** @returns what ends it */
export function watchHealth({ data, now, state, port, failed }: HealthOptions): () => void {
  const health = (): Health => {
    const { online, level, states } = state()
    const named = states.map(({ name, since }) => ({ name, since: new Date(since).toISOString() }))
    const ok = online && !named.some(({ name }) => serious.includes(name))
    return { ok, online, level, states: named, pid: process.pid, at: new Date(now()).toISOString() }
  }
  const write = () => void data.write('health', healthFile, `${JSON.stringify(health())}\n`)
  write()
  const timer = setInterval(write, every)
  const server = port === undefined ? undefined : serve(port, health, failed)
  return () => {
    clearInterval(timer)
    server?.close()
    data.remove('health', healthFile)
  }
}

function serve(port: number, health: () => Health, failed: (error: unknown) => void): Server {
  const server = createServer((request, response) => {
    const now = health()
    const status = request.url !== '/health' ? 404 : now.ok ? 200 : 503
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(status === 404 ? '' : JSON.stringify(now))
  })
  server.on('error', failed)
  server.listen(port, '127.0.0.1')
  return server
}
