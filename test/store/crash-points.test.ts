// Killed or without power at any operation on the disk: what was acknowledged is there, once.
import { describe, it } from 'vitest'
import { temporaryFolder } from './folder.ts'
import { chanceFrom, ends, liveThrice } from './power.ts'

describe.each(ends)('%s', (how) => {
  it('at any operation loses nothing that was acknowledged and repeats nothing', async () => {
    const folder = temporaryFolder()
    for (let dieAt = 1, finished = false; !finished; dieAt += 1) {
      const chance = chanceFrom(dieAt)
      for (let round = 0; round < (how === 'a kill' ? 1 : 3); round += 1)
        finished = (await liveThrice(folder, how, dieAt, round, chance)) || finished
    }
  })
})
