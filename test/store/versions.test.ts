// Stores and settings of every version that was ever used open as they are; a small one of each lies under test/stores/.
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { loadConfig } from '../../src/config/load.ts'
import { Engine, tablesOf } from '../../src/core/engine/engine.ts'
import { features } from '../../src/features/index.ts'
import { openStore } from '../../src/store/open.ts'
import { temporaryFolder } from './folder.ts'

const stores = 'test/stores'
const versions = fs
  .readdirSync(stores, { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
const now = () => Date.parse('2026-11-23T10:00:00+08:00')

describe.each(versions)('of version %s', (version) => {
  const from = path.join(stores, version)

  it('the store opens, with every record there was, and again', async () => {
    const folder = temporaryFolder()
    fs.cpSync(from, folder, { recursive: true })
    const expected = JSON.parse(fs.readFileSync(path.join(from, 'records.json'), 'utf8')) as Record<string, number>
    for (const time of ['once', 'again']) {
      const { store, repaired } = await openStore({ folder, name: 'main', specs: tablesOf(features), now })
      expect(repaired, time).toEqual([])
      const found = Object.keys(expected).map((table) => [table, store.tables.table(table).size()])
      expect(Object.fromEntries(found), time).toEqual(expected)
      expect(await store.recent(10, () => true), time).toHaveLength(10)
      const settings = loadConfig(path.join(from, 'config'), features, now())
      if (!settings.ok) throw new Error(JSON.stringify(settings.problems))
      const engine = new Engine(features, store.tables, settings.settings)
      const { errors } = engine.decide({ type: 'loaded', at: now() }, { now: now(), seed: '', seq: store.nextSeq })
      expect(errors, time).toEqual([])
      store.tables.rollback(0)
      await store.close()
    }
  })

  it('settings that reword every text there was load, and what is gone is told', () => {
    const folder = temporaryFolder()
    fs.cpSync(path.join(from, 'config'), folder, { recursive: true })
    const texts = JSON.parse(fs.readFileSync(path.join(from, 'texts.json'), 'utf8')) as Record<string, object>
    for (const [name, reworded] of Object.entries(texts)) {
      const file = path.join(folder, `${name}.yaml`)
      const before = fs.existsSync(file) ? (parse(fs.readFileSync(file, 'utf8')) as object | null) : null
      fs.writeFileSync(file, stringify({ ...before, texts: reworded }))
    }
    const loaded = loadConfig(folder, features, now())
    const troubles = loaded.ok ? [] : loaded.problems
    expect(troubles, 'a text or variable that goes must stand in `retired` of its feature').toEqual([])
    expect(JSON.stringify(loaded)).toContain('「whichGroup」这句话现在没有了，可以删掉这一行。')
  })

  it('the settings load', () => {
    const loaded = loadConfig(path.join(from, 'config'), features, now())
    expect(loaded).toMatchObject({ ok: true })
  })
})
