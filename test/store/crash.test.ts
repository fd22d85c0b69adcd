// A few kills of a real process; `crash.long.test.ts` has many.
import { expect, it } from 'vitest'
import { expectAll, live } from './crash.ts'
import { temporaryFolder } from './folder.ts'

it('no kill loses or doubles an acknowledged award', async () => {
  const folder = temporaryFolder()
  const acknowledged: number[] = []
  const points = [
    'half write jsonl 4',
    'after write jsonl 5',
    'after rename jsonl 1',
    'before rename main.json 1',
    'after rename main.json 1',
  ]
  for (const [i, point] of points.entries()) {
    for (const end of [{ point }, { acknowledgements: 7 * i + 1 }]) {
      acknowledged.push(...(await live(folder, end)))
      await expectAll(folder, acknowledged)
    }
  }
  expect(acknowledged.length).toBeGreaterThan(30)
})
