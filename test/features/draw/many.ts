// Many random draws through the chat, each one recomputed by the independent script; and whether their winners were fair.
import { Random } from '../../../src/core/lib/random.ts'
import { verify } from '../../../scripts/verify-draw.mjs'
import { Chat } from '../../support/chat.ts'

const names = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛']
/** Tickets of each of them, so that luck must follow the tickets. */
const tickets = [1, 2, 3, 1, 2, 3, 1, 2]
/** A fresh community after so many draws keeps the test's memory small. */
const PER_CHAT = 250

export interface Played {
  draws: number
  /** What the script objected to. */
  wrong: string[]
  /** Draws of which the script took a changed proof. */
  fooled: number
  /** χ² of first prizes against tickets, 7 degrees of freedom. */
  chiSquare: number
}

/** Plays draws with random rules; every one is posted, checked, and checked again with one figure changed. */
export function playMany(draws: number, seed: string): Played {
  const chance = new Random(seed)
  const first = names.map(() => 0)
  const played: Played = { draws, wrong: [], fooled: 0, chiSquare: 0 }
  let g = new Chat()
  for (let i = 0; i < draws; i++) {
    const no = (i % PER_CHAT) + 1
    if (no === 1) g = chat(`${seed} ${i}`)
    const proof = play(g, no, chance)
    const { ok, lines } = verify(proof)
    if (!ok) played.wrong.push(...lines)
    if (verify(changed(proof, chance)).ok) played.fooled++
    const winner = /中奖：(T\d+)/.exec(proof)?.[1] ?? ''
    const name = new RegExp(`^${winner} m\\d+ (.)$`, 'm').exec(proof)?.[1] ?? ''
    const at = names.indexOf(name)
    first[at] = (first[at] ?? 0) + 1
  }
  const all = tickets.reduce((sum, count) => sum + count, 0)
  played.chiSquare = first.reduce((sum, count, i) => {
    const expected = (draws * (tickets[i] ?? 0)) / all
    return sum + (count - expected) ** 2 / expected
  }, 0)
  return played
}

function chat(seed: string): Chat {
  // Draws follow each other for a whole day and night.
  const config = {
    points: { message: { points: 0 } },
    coupons: { welcome: {} },
    bot: { botName: '圈子', sending: { quiet: false } },
  }
  return new Chat({ members: names, config, seed })
}

function play(g: Chat, no: number, chance: Random): string {
  g.after('5m')
  const outside = chance.pick(['', ' 外部 群友', ' 外部 双色球'])
  const prizes = Array.from({ length: chance.between(1, 3) }, (_, i) => `奖${i + 1}x${chance.between(1, 4)}`)
  g.admin(`/draw new 第${no}次 ${prizes.join(' ')} 每人 3张${outside}`)
  for (const i of chance.shuffle([...names.keys()])) g.says(names[i] ?? '', `抽奖 ${no} ${tickets[i] ?? 1}张`)
  g.admin(`/draw close ${no}`)
  if (outside.endsWith('群友'))
    for (const name of names.slice(0, chance.below(4))) g.says(name, `幸运数 ${chance.below(1000)}`)
  g.admin(outside.endsWith('双色球') ? `/draw number ${no} ${chance.below(1e6)}` : `/draw close ${no}`)
  return [...g.admin(`/draw show ${no}`), ...g.admin(`/draw list ${no}`)].join('\n')
}

/** The same posts with another winner, ticket, rule, seed or outside number. */
function changed(proof: string, chance: Random): string {
  const ways: ((proof: string) => string)[] = [
    (text) => text.replace(/(?<=中奖：)T\d+/, 'T0099'),
    (text) => text.replace(/^T0003 m(\d+)/m, 'T0003 m9$1'),
    (text) => text.replace(/^T0003 .*\n?/m, ''),
    (text) => text.replace('规则：第', '规则：另'),
    (text) => text.replace(/(?<=种子：)[0-9a-f]/, (digit) => (digit === '0' ? '1' : '0')),
  ]
  return chance.pick(ways)(proof)
}
