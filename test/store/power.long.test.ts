// 2,000 losses of power at any operation on the disk (POWER_CUTS=n for another number): 0 awards lost, 0 doubled.
import { expect, it } from 'vitest'
import { temporaryFolder } from './folder.ts'
import { chanceFrom, liveThrice } from './power.ts'

const cuts = Number(process.env['POWER_CUTS'] ?? 2_000)

it(`${cuts} losses of power lose and double nothing`, async () => {
  const folder = temporaryFolder()
  const chance = chanceFrom(7)
  let done = 0
  let dieAt = 1
  for (let round = 0; done < cuts; round += 1, done += 3) {
    const isFinished = await liveThrice(folder, 'a loss of power', dieAt, round, chance)
    dieAt = isFinished ? 1 : dieAt + 1
  }
  expect(done).toBeGreaterThanOrEqual(cuts)
})
