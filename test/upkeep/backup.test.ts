// The drill: what was backed up is there again after everything was lost, also of a running bot; a damaged backup changes nothing.
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { features } from '../../src/features/index.ts'
import { openStore } from '../../src/store/open.ts'
import { StoreRefused, type Store } from '../../src/store/store.ts'
import { backup, restore, UpkeepRefused, type Places } from '../../src/upkeep/backup.ts'
import { examine } from '../../src/upkeep/doctor.ts'
import { temporaryFolder } from '../store/folder.ts'

const now = Date.parse('2026-11-28T02:00:00Z')
const sample = path.join(import.meta.dirname, '../../config')

async function open(data: string): Promise<Store> {
  return (await openStore({ folder: data, name: 'main', specs: tablesOf(features), now: () => now })).store
}

async function book(store: Store, text: string): Promise<void> {
  store.tables.table<object>('admin.news').set(text, { text, at: now })
  await store.commit({ at: now, event: { type: 'loaded', at: now }, changes: store.tables.take() })
}

async function bookings(data: string): Promise<string[]> {
  const store = await open(data)
  const found = store.tables.table('admin.news').keys().sort()
  await store.close()
  return found
}

/** Data with one booking, settings, and keys. */
async function house(): Promise<{ places: Places; store: Store; into: string }> {
  const folder = temporaryFolder()
  const places = {
    data: path.join(folder, 'data'),
    config: path.join(folder, 'config'),
    env: path.join(folder, '.env'),
  }
  fs.cpSync(sample, places.config, { recursive: true })
  fs.writeFileSync(places.env, 'OPENAI_API_KEY=secret\n')
  const store = await open(places.data)
  await book(store, '第一笔')
  fs.writeFileSync(path.join(places.data, 'quanzi.memory-card.json'), '{}')
  fs.mkdirSync(path.join(places.data, 'messages'))
  fs.writeFileSync(path.join(places.data, 'messages', '2026-11-28.jsonl'), '{}\n')
  return { places, store, into: path.join(folder, 'backups') }
}

it('brings back data, settings and keys after all is lost, and keeps what was there', async () => {
  const { places, store, into } = await house()
  // The bot is running, and goes on afterwards.
  const { folder } = await backup(places, into, now)
  await book(store, '备份之后')
  await store.close()
  fs.appendFileSync(path.join(places.config, 'bot.yaml'), '# 改坏了\n')
  fs.rmSync(path.join(places.data, 'main.json'))
  fs.writeFileSync(places.env, 'OPENAI_API_KEY=other\n')
  const { before } = await restore(folder, places, now)
  expect(await bookings(places.data)).toEqual(['第一笔'])
  expect(fs.readFileSync(path.join(places.config, 'bot.yaml'), 'utf8')).not.toContain('改坏了')
  expect(fs.readFileSync(places.env, 'utf8')).toContain('secret')
  expect(fs.existsSync(path.join(places.data, 'messages', '2026-11-28.jsonl'))).toBe(true)
  expect(fs.readFileSync(path.join(before, 'config', 'bot.yaml'), 'utf8')).toContain('改坏了')
  expect(fs.readdirSync(path.join(before, 'data'))).toContain('main.head')
  const modes = [folder, path.join(folder, 'env'), path.join(folder, 'data', 'main.head')]
  expect(modes.map((file) => fs.statSync(file).mode & 0o077)).toEqual([0, 0, 0])
})

it('restores onto a new machine, where nothing is', async () => {
  const { places, store, into } = await house()
  await store.close()
  const { folder } = await backup(places, into, now)
  for (const place of Object.values(places)) fs.rmSync(place, { recursive: true })
  await restore(folder, places, now)
  expect(await bookings(places.data)).toEqual(['第一笔'])
  expect(fs.existsSync(path.join(places.config, 'groups.yaml'))).toBe(true)
})

it('changes nothing for a backup that is damaged, not whole, or none, and while a bot is running', async () => {
  const { places, store, into } = await house()
  const { folder } = await backup(places, into, now)
  await expect(restore(folder, places, now)).rejects.toThrow(StoreRefused)
  await store.close()
  const journal = path.join(folder, 'data', 'journal')
  const [segment = ''] = fs.readdirSync(journal)
  const file = path.join(journal, segment)
  const whole = fs.readFileSync(file)
  for (const damage of [() => fs.truncateSync(file, 40), () => fs.rmSync(file)]) {
    damage()
    await expect(restore(folder, places, now)).rejects.toThrow(UpkeepRefused)
    fs.writeFileSync(file, whole)
  }
  await expect(restore(into, places, now)).rejects.toThrow('manifest.json')
  expect(await bookings(places.data)).toEqual(['第一笔'])
  expect(fs.readdirSync(places.data).filter((name) => /restor/.test(name))).toEqual([])
})

it('backs up nothing that cannot be opened', async () => {
  const { places, store, into } = await house()
  await store.close()
  const [segment = ''] = fs.readdirSync(path.join(places.data, 'journal'))
  fs.truncateSync(path.join(places.data, 'journal', segment), 40)
  await expect(backup(places, into, now)).rejects.toThrow(StoreRefused)
  expect(fs.readdirSync(into)).toEqual([])
})

it('says what is well, and of what is not what to do', async () => {
  const { places, store } = await house()
  const level = async (ask: () => Promise<number>, puppet?: string) =>
    Object.fromEntries((await examine({ ...places, puppet, ask })).map(({ about, level: how }) => [about, how]))
  const well = { Node: 'good', puppet: 'good', network: 'good', clock: 'good', config: 'good', store: 'good' }
  expect(await level(() => Promise.resolve(0))).toMatchObject(well)
  expect(await level(() => Promise.resolve(11 * 60_000), 'no-such-puppet')).toMatchObject({
    clock: 'bad',
    puppet: 'bad',
  })
  const down = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
  expect(await level(down)).toMatchObject({ network: 'bad', store: 'good' })
  await store.close()
  fs.appendFileSync(path.join(places.config, 'bot.yaml'), 'colour: red\n')
  fs.rmSync(path.join(places.data, 'journal'), { recursive: true })
  const findings = await examine({ ...places, puppet: '', ask: down })
  expect(findings.filter(({ level: how }) => how === 'bad').map(({ about }) => about)).toEqual([
    'network',
    'config',
    'store',
  ])
  expect(findings.find(({ about }) => about === 'config')?.text).toContain('colour')
})
