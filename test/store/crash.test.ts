// A few kills of a real process; `crash.long.test.ts` has many.
import { expect, it } from 'vitest'
import { expectAll, live } from './crash.ts'
import { temporaryFolder } from './folder.ts'

it('no kill loses or doubles an acknowledged award', async () => {
  const folder = temporaryFolder()
  const acknowledged: number[] = []
  const ends = [
    { point: 'half write jsonl 4' },
    { acknowledgements: 8 },
    { point: 'after rename jsonl 1' },
    { point: 'before rename main.json 1' },
    { acknowledgements: 20 },
  ]
  for (const end of ends) {
    acknowledged.push(...(await live(folder, end)))
    await expectAll(folder, acknowledged)
  }
  expect(acknowledged.length).toBeGreaterThan(25)
})
