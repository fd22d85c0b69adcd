// What supervisors read: the health file, and the same on a port of this machine.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DataFolder } from '../src/data-folder.ts'
import { healthFile, watchHealth, type Health } from '../src/health.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'quanzi-health-'))))
afterEach(() => void rmSync(folder, { recursive: true }))

const now = Date.parse('2026-11-21T02:00:00Z')
/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => void server.close(() => resolve()))
  return port
}
const state = { online: true, level: 'normal', states: [] as { name: string; since: number }[] }
const watch = (port?: number, failed: (error: unknown) => void = () => {}) =>
  watchHealth({ data: new DataFolder(folder), now: () => now, state: () => state, port, failed })

it('writes a file while the bot runs, which is gone after', () => {
  const end = watch()
  const health = JSON.parse(readFileSync(path.join(folder, healthFile), 'utf8')) as Health
  expect(health).toEqual({
    ...{ ok: true, online: true, level: 'normal', states: [] },
    ...{ pid: process.pid, at: '2026-11-21T02:00:00.000Z' },
  })
  end()
  expect(existsSync(path.join(folder, healthFile))).toBe(false)
})

it('answers /health on this machine alone: 200 while all is well, 503 while it can neither hear nor keep', async () => {
  const port = await freePort()
  const end = watch(port)
  const ask = async (place: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${place}`)
    return { status: response.status, body: await response.text() }
  }
  expect(await ask('/health')).toMatchObject({ status: 200 })
  expect(await ask('/')).toEqual({ status: 404, body: '' })
  state.states = [{ name: 'disk', since: now }]
  const full = await ask('/health')
  expect(full.status).toBe(503)
  expect(JSON.parse(full.body)).toMatchObject({ ok: false, states: [{ name: 'disk' }] })
  state.states = [{ name: 'control', since: now }]
  expect(await ask('/health')).toMatchObject({ status: 200 })
  state.online = false
  expect(await ask('/health')).toMatchObject({ status: 503 })
  end()
})

it('tells that the port cannot be had, and goes on with the file', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const error = await new Promise<unknown>((resolve) => {
    const end = watch((server.address() as AddressInfo).port, (failure) => {
      end()
      resolve(failure)
    })
  })
  expect((error as { code?: string }).code).toBe('EADDRINUSE')
  await new Promise<void>((resolve) => void server.close(() => resolve()))
})
