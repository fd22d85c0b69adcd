// `quanzi backup` and `quanzi restore`: data, settings and `.env` together, with a list of checksums, and opened once to prove that they work.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { tablesOf } from '../core/engine/engine.ts'
import { features } from '../features/index.ts'
import { takeLock } from '../store/lock.ts'
import { openStore } from '../store/open.ts'
import { inBoth } from '../store/wording.ts'

/** What is backed up, and where it lies. */
export interface Places {
  data: string
  config: string
  /** The file with the keys; need not be there. */
  env: string
}

/** Thrown with what the operator reads. */
export class UpkeepRefused extends Error {
  override name = 'UpkeepRefused'
}

const manifestName = 'manifest.json'
const Manifest = z.object({
  quanzi: z.literal('backup'),
  format: z.literal(1),
  at: z.iso.datetime(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
})
export type Manifest = z.infer<typeof Manifest>

/** In this order a copy of a running bot's data is never older than what it says about itself; the rest in any order. */
const first = ['main.head', 'main.json', 'journal']
/** What belongs to one run, to this machine, or to an earlier restore. */
const left = /^(?:main\.lock|health\.json|starts\.json|.*\.tmp|.*\.rejected|before-restore-.*|restoring-.*)$/

/**
 * Copies everything into a new folder that only its owner can read.
 * @param now names the folder, milliseconds
 * @returns the folder
 * @throws UpkeepRefused, StoreRefused when what was copied cannot be opened; nothing is left then
 */
export async function backup(places: Places, into: string, now: number): Promise<{ folder: string; files: number }> {
  if (!fs.existsSync(path.join(places.data, 'main.head'))) {
    throw refused(`${places.data} 里还没有数据，没有可备份的。`, `There are no data in ${places.data} to back up.`)
  }
  const name = `quanzi-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '')}`
  const folder = path.join(into, name)
  const making = `${folder}.making`
  fs.rmSync(making, { recursive: true, force: true })
  fs.mkdirSync(making, { recursive: true, mode: 0o700 })
  try {
    copyData(places.data, path.join(making, 'data'))
    fs.cpSync(places.config, path.join(making, 'config'), { recursive: true })
    if (fs.existsSync(places.env)) fs.copyFileSync(places.env, path.join(making, 'env'))
    narrow(making)
    await prove(path.join(making, 'data'))
    const files = filesIn(making).map((file) => ({ path: file, ...fingerprint(path.join(making, file)) }))
    const manifest: Manifest = { quanzi: 'backup', format: 1, at: new Date(now).toISOString(), files }
    fs.writeFileSync(path.join(making, manifestName), JSON.stringify(manifest, null, 1), { mode: 0o600 })
    fs.renameSync(making, folder)
    return { folder, files: files.length }
  } catch (error) {
    fs.rmSync(making, { recursive: true, force: true })
    throw error
  }
}

/**
 * Puts a backup in the place of what is there, which is kept in `before-restore-…` inside the data folder.
 * @returns where what was there before is now
 * @throws UpkeepRefused when the backup is not whole; StoreRefused when its data cannot be opened, or a bot is running on these data
 */
export async function restore(
  folder: string,
  places: Places,
  now: number,
): Promise<{ manifest: Manifest; before: string }> {
  const manifest = checked(folder)
  await prove(path.join(folder, 'data'))
  fs.mkdirSync(places.data, { recursive: true, mode: 0o700 })
  const lock = takeLock(path.join(places.data, 'main.lock'))
  try {
    const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '')
    const [fresh, before] = ['restoring', 'before-restore'].map((what) => path.join(places.data, `${what}-${stamp}`))
    if (fresh === undefined || before === undefined) throw new Error('no names')
    // First everything is on this disk, then names are changed: a restore that is killed half way has lost nothing.
    fs.cpSync(path.join(folder, 'data'), fresh, { recursive: true })
    fs.mkdirSync(path.join(before, 'data'), { recursive: true, mode: 0o700 })
    if (fs.existsSync(places.config)) fs.cpSync(places.config, path.join(before, 'config'), { recursive: true })
    if (fs.existsSync(places.env)) fs.copyFileSync(places.env, path.join(before, 'env'))
    for (const name of fs.readdirSync(places.data)) {
      if (left.test(name) && name !== 'health.json') continue
      fs.renameSync(path.join(places.data, name), path.join(before, 'data', name))
    }
    for (const name of fs.readdirSync(fresh)) fs.renameSync(path.join(fresh, name), path.join(places.data, name))
    fs.rmdirSync(fresh)
    putBack(path.join(folder, 'config'), places.config)
    if (fs.existsSync(path.join(folder, 'env'))) fs.copyFileSync(path.join(folder, 'env'), places.env)
    narrow(before)
    return { manifest, before }
  } finally {
    lock.release()
  }
}

/** Opens a copy of the data, as a start would. @throws StoreRefused */
export async function prove(data: string): Promise<void> {
  const copy = fs.mkdtempSync(path.join(tmpdir(), 'quanzi-proof-'))
  try {
    copyData(data, copy)
    const { store } = await openStore({ folder: copy, name: 'main', specs: tablesOf(features), now: Date.now })
    await store.close()
  } finally {
    fs.rmSync(copy, { recursive: true, force: true })
  }
}

function checked(folder: string): Manifest {
  const file = path.join(folder, manifestName)
  if (!fs.existsSync(file)) {
    throw refused(
      `${folder} 不是一份备份（没有 ${manifestName}）。`,
      `${folder} is no backup: it has no ${manifestName}.`,
    )
  }
  let manifest: Manifest
  try {
    manifest = Manifest.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  } catch {
    throw refused(`${file} 损坏，或是更新版本写的。`, `${file} is damaged, or was written by a newer version.`)
  }
  for (const { path: name, bytes, sha256 } of manifest.files) {
    const copy = path.resolve(folder, name)
    const isInside = copy.startsWith(path.resolve(folder) + path.sep)
    const found = isInside && fs.existsSync(copy) ? fingerprint(copy) : undefined
    if (found?.bytes === bytes && found.sha256 === sha256) continue
    throw refused(
      `备份里的 ${name} ${found ? '和当时的不一样' : '不见了'}，没有恢复，什么都没改。请换一份备份。`,
      `${name} in the backup ${found ? 'is not as it was' : 'is missing'}; nothing was restored or changed. Take another backup.`,
    )
  }
  return manifest
}

function copyData(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true, mode: 0o700 })
  const names = fs.readdirSync(from).filter((name) => !left.test(name))
  const inOrder = [...first.filter((name) => names.includes(name)), ...names.filter((name) => !first.includes(name))]
  // A file that the running bot has just replaced or folded away is there under its new name.
  for (const name of inOrder) {
    const filter = (source: string) => !source.endsWith('.tmp') && fs.existsSync(source)
    fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true, filter })
  }
}

/** Files of the settings that the backup does not have are removed: an old file beside new ones would count. */
function putBack(from: string, to: string): void {
  fs.mkdirSync(to, { recursive: true })
  for (const name of fs.readdirSync(to)) fs.rmSync(path.join(to, name), { recursive: true, force: true })
  fs.cpSync(from, to, { recursive: true })
}

function filesIn(folder: string, under = ''): string[] {
  return fs.readdirSync(path.join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const name = under === '' ? entry.name : `${under}/${entry.name}`
    return entry.isDirectory() ? filesIn(folder, name) : [name]
  })
}

function fingerprint(file: string): { bytes: number; sha256: string } {
  const bytes = fs.readFileSync(file)
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Keys and the session are among the files. */
function narrow(folder: string): void {
  fs.chmodSync(folder, 0o700)
  for (const name of filesIn(folder)) fs.chmodSync(path.join(folder, name), 0o600)
}

function refused(zh: string, en: string): UpkeepRefused {
  return new UpkeepRefused(inBoth(zh, en))
}
