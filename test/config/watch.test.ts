// Saving a config file is noticed, and a broken one changes nothing.
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { watchConfig } from '../../src/config/watch.ts'
import { features, rightFiles, withFolder } from './samples.ts'

it('notices saved files, takes all or none, and goes on after a broken one', async () => {
  await withFolder(rightFiles, async (folder) => {
    let loaded = loadConfig(folder, features)
    let good = loaded.ok ? loaded.settings : undefined
    let noticed = () => {}
    const watching = watchConfig(folder, () => {
      loaded = loadConfig(folder, features)
      if (loaded.ok) good = loaded.settings
      noticed()
    })
    const edit = (change: () => void) =>
      new Promise<void>((resolve) => {
        noticed = resolve
        change()
      })
    try {
      await watching.ready
      const before = good
      await edit(() => {
        writeFileSync(join(folder, 'bot.yaml'), 'botName: 新名字\n')
        writeFileSync(join(folder, 'checkin.yaml'), 'points: 很多\n')
      })
      expect(loaded.ok).toBe(false)
      expect(good).toBe(before)
      expect(good?.botName).toBe('小鲜')
      // As many editors save: into another file, which then takes the name.
      await edit(() => {
        writeFileSync(join(folder, '.checkin.yaml.swp'), 'points: 6\n')
        renameSync(join(folder, '.checkin.yaml.swp'), join(folder, 'checkin.yaml'))
      })
      expect(good?.botName).toBe('新名字')
      expect(good?.feature('checkin', null).config).toMatchObject({ points: 6 })
    } finally {
      await watching.close()
    }
  })
})
