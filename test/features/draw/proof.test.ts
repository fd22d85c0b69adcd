// The proof of a draw against the independent script; the long test does the same 10,000 times.
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { orderOfLuck as scriptsOrder, prizesOf, verify } from '../../../scripts/verify-draw.mjs'
import type { MemberId } from '../../../src/core/types/ids.ts'
import { Random } from '../../../src/core/lib/random.ts'
import { listLine, orderOfLuck, ticketName } from '../../../src/features/draw/proof.ts'
import { community, people, proofOf } from './community.ts'
import { playMany } from './many.ts'

describe('the proof of a draw', () => {
  it('is recomputed by the script, which no change gets past', () => {
    expect(playMany(60, 'short')).toMatchObject({ draws: 60, wrong: [], fooled: 0 })
  })

  it('ranks large lists as the script does', () => {
    const chance = new Random('large')
    for (let round = 0; round < 20; round++) {
      const draw = {
        no: round,
        seed: chance
          .below(2 ** 32)
          .toString(16)
          .padStart(64, '0'),
        list: 'x',
        outside: '7',
      }
      const tickets = Array.from({ length: chance.between(1, 300) }, (_, i) => {
        const member: MemberId = `m${chance.below(100)}`
        return { no: i + 1, name: ticketName(i + 1), member }
      })
      expect(orderOfLuck(draw, tickets).map(({ name }) => name)).toEqual(
        scriptsOrder(draw, tickets).map(({ name }) => name),
      )
    }
  })

  it('lists names without what WeChat changes when it is copied', () => {
    expect(listLine({ no: 17, member: 'm3' }, '🌸 小 明[笑]é')).toBe('T0017 m3 小明笑é')
    expect(listLine({ no: 12345, member: 'm3' }, '🌸')).toBe('T12345 m3')
  })

  it('is checked by Node alone, from pasted text', () => {
    const g = community()
    g.admin('/draw new 福利 10元券x1')
    for (const name of people) g.says(name, '抽奖')
    g.admin('/draw close 1')
    g.after('1m')
    const proof = proofOf(g, 1)
    const run = (input: string) => execFileSync('node', ['scripts/verify-draw.mjs'], { input, encoding: 'utf8' })
    expect(run(proof.replaceAll('\n', '\r\n'))).toMatch(/承诺、名单、中奖都对得上（6 张票）[^]*✅/)
    expect(() => run(proof.replace('T0001 m1', 'T0001 m2'))).toThrow(/Command failed/)
    expect(verify('随便一段话').lines[0]).toContain('还缺')
    expect(verify(`${proof}\n规则：别的；奖品 10元券×1`).lines[0]).toContain('说法不一')
  })

  it('is checked in English as well', () => {
    const g = community({ config: { bot: { botName: 'bot', language: 'en' } } })
    expect(g.admin('/draw new Weekend Cherries x1 10元券x2 everyone 9折券 until sun 20:00')[0]).toContain(
      'Rules: Weekend; prizes Cherries×1, 10元券×2; everybody else one “9折券”; closes 2026-11-22 20:00',
    )
    for (const name of people) g.says(name, '抽奖')
    g.admin('/draw close 1')
    g.after('1m')
    expect(verify(proofOf(g, 1))).toMatchObject({ ok: true })
  })

  it('reads the prizes of a rules line', () => {
    expect(prizesOf('周末；奖品 车厘子一箱×1、10元券×2；满 3 人截止')).toEqual(['车厘子一箱', '10元券', '10元券'])
    expect(prizesOf('Weekend; prizes Cherries×1, Mug×1')).toEqual(['Cherries', 'Mug'])
  })
})
