// 200 kills of a real process (KILLS=n for another number, 1,000 take half an hour), at named points and wherever it happens to be: 0 awards lost, 0 doubled.
import { expect, it } from 'vitest'
import { expectAll, live, namedPoints } from './crash.ts'
import { temporaryFolder } from './folder.ts'

const kills = Number(process.env['KILLS'] ?? 200)

it(`${kills} kills lose and double nothing`, async () => {
  const folder = temporaryFolder()
  const acknowledged: number[] = []
  for (let i = 0; i < kills; i += 1) {
    const point = namedPoints[(i >> 1) % namedPoints.length] ?? namedPoints[0]
    acknowledged.push(...(await live(folder, i % 2 === 0 ? { point } : { acknowledgements: 1 + ((i * 37) % 90) })))
    if (i % 5 === 4) await expectAll(folder, acknowledged)
  }
  expect(acknowledged.length).toBeGreaterThan(kills)
})
