// The terminal's playground plays the first script of the README, and refuses what the bot refuses; `evening.long.test.ts` plays the second.
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expectPlayed, folder, play } from './scripts.ts'

// Most of their time is waiting.
it.concurrent('plays the script first-day of the README', () => expectPlayed('first-day'))

it.concurrent('refuses a wrong config as the bot does', async () => {
  const wrong = join(folder, 'wrong', 'config')
  cpSync('config', wrong, { recursive: true })
  writeFileSync(join(wrong, 'dice.yaml'), 'prize: 2\nprise: 3\n')
  const playground = play('--config', wrong)
  expect(await playground.ended).toBe(1)
  expect(playground.output()).toContain('config/dice.yaml 第 2 行第 1 列：「prise」')
})
