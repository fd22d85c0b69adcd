// The playground's script of a day: the clock moves from morning to evening and the calendar posts by itself.
import { cpSync, mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runNode } from '../../src/standin/child.ts'

const folder = mkdtempSync(join(tmpdir(), 'quanzi-day-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('posts at their times, reminds, pauses and tells what was left out', async () => {
  const config = join(folder, 'config')
  cpSync('config', config, { recursive: true })
  // Whatever weekday it is when the test runs, there is a morning greeting.
  const calendar = join(config, 'sop.yaml')
  writeFileSync(calendar, readFileSync(calendar, 'utf8').replace('at: 周二、周五、周日 8:00', "at: '0 8 * * *'"))
  const script = 'src/playground/scripts/sop-day.txt'
  const playground = runNode('src/cli.ts', { env: {}, args: ['playground', '--config', config, '--script', script] })
  expect(await playground.ended, playground.output()).toBe(0)
  const said = playground.output()
  const parts = [
    '/sop resume',
    '拨到 08:01',
    '拨到 11:31',
    '拨到 18:01',
    '/sop now 晚安',
    '拨到 11:01',
    '/sop now 今日菜单',
  ]
  const places = parts.map((part) => said.indexOf(part))
  expect(places, said).toEqual([...places].sort((a, b) => a - b))
  const after = (i: number) => said.slice(places[i], places[i + 1])
  expect(after(1).match(/团购福利1群: ☀️/g)).toHaveLength(1)
  expect(after(2)).toMatch(/轮到「今日菜单」了[^]*团购福利1群: 🥬[^]*「今日菜单」（.*）还没标记完成/)
  expect(after(3)).toMatch(/团购福利2群: ⏰[^]*11:00 今日菜单　已发 2 个群\n[^]*18:00 限量预售　已发 2 个群\n/)
  expect(after(4)).toMatch(/团购福利1群: 🌙/)
  // A draw that a post opened before the pause goes on; nothing is posted.
  const posted = after(5)
    .split('\n')
    .filter((line) => /福利\d群: /.test(line) && !line.includes('抽奖'))
  expect(posted).toEqual([])
  expect(after(5)).toMatch(/恢复了。暂停期间有 \d+ 次没发：.*今日菜单/)
  expect(after(6)).toMatch(/团购福利1群: 🥬/)
})
