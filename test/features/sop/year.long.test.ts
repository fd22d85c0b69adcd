// A year of posts in four time zones, the whole bot killed 500 times: nothing comes twice, and every miss is told.
import { expect, it } from 'vitest'
import { Random } from '../../../src/core/lib/random.ts'
import { features } from '../../../src/features/index.ts'
import { BotRig } from '../../support/bot-rig.ts'
import { settingsFrom } from '../../support/chat.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.parse('2026-11-21T00:00:00Z')
const END = START + 365 * DAY
const RESTARTS = 500

// Half an hour of summer time, a change in the middle of the night, one on the other half of the globe, and none.
const zones = {
  上海群: 'Asia/Shanghai',
  纽约群: 'America/New_York',
  伦敦群: 'Europe/London',
  豪勋爵岛群: 'Australia/Lord_Howe',
} as const
const posts = [
  { id: '早', clock: '08:00', late: 60 },
  { id: '午', clock: '12:30', late: 'skip' },
  { id: '夜', clock: '01:45', late: 'ask' },
] as const

const settings = settingsFrom(features, {
  bot: { botName: '圈子', sending: { quiet: false } },
  groups: { groups: Object.entries(zones).map(([name, timezone]) => ({ name, timezone })) },
  sop: {
    posts: posts.map(({ id, clock, late }) => {
      const [hour, minute] = clock.split(':').map(Number)
      return { id, late, at: `${minute} ${hour} * * *`, content: `${id} {{date}} {{time}}` }
    }),
  },
})

/** Every slot of the year by what clocks show, counted in plain days, without the calendar's own arithmetic. */
function slots(): { group: string; post: string; line: string; when: string }[] {
  const days = Array.from({ length: 364 }, (_, i) => new Date(START + (i + 1) * DAY).toISOString().slice(0, 10))
  return Object.keys(zones).flatMap((group) =>
    posts.flatMap(({ id, clock }) =>
      days.map((day) => {
        const [, month, date] = day.split('-').map(Number)
        const line = `${group}: ${id} ${month}月${date}日 ${clock}`
        return { group, post: id, line, when: `${day.slice(5)} ${clock}` }
      }),
    ),
  )
}

/** Moments to die at: half of them anywhere, half of them while a post goes out somewhere. */
function moments(random: Random): number[] {
  const found = Array.from({ length: RESTARTS }, (_, i) => {
    if (i % 2 === 0) return START + HOUR + random.below(364 * 86_400) * 1000
    const eastern = START + random.below(364) * DAY + random.pick([0, 4.5 * HOUR, -6.25 * HOUR + DAY])
    return eastern + random.below(8_000)
  })
  return found.sort((a, b) => a - b)
}

it('posts each slot at most once and tells every miss', async () => {
  const random = new Random('a year')
  const rig = new BotRig({ settings, groups: ['上海群', '纽约群', '伦敦群', '豪勋爵岛群'] })
  rig.now = START
  /** What WeChat said yes to; what it got and was not able to answer stands in `sent` only. */
  const confirmed: string[] = []
  let dying = false
  rig.answer = () => {
    if (dying) return new Promise(() => {})
    confirmed.push(rig.sent.at(-1) ?? '')
    return { ok: true }
  }
  await rig.start({ keepSent: true })

  let blocks = 0
  const goTo = async (time: number) => {
    while (rig.now < time) {
      await rig.advance(Math.min(time - rig.now, 1 + random.below(6 * HOUR)))
      // The program does nothing for a while; what falls due meanwhile is late.
      if (random.below(2) === 0) {
        rig.now += random.below(30_000)
        blocks++
      }
    }
  }
  let hung = 0
  for (const moment of moments(random)) {
    await goTo(moment - 10_000)
    dying = random.below(2) === 0
    const before = rig.sent.length
    await rig.advance(Math.max(0, moment - rig.now))
    if (dying && rig.sent.length > before) hung++
    rig.kill()
    dying = false
    rig.now += random.below(random.below(6) === 0 ? 20 * HOUR : random.pick([MINUTE, 10 * MINUTE, 3 * HOUR]))
    await rig.start({ keepSent: true })
    await rig.compact()
  }
  await goTo(END)

  const times = new Map<string, number>()
  for (const line of rig.sent) times.set(line, (times.get(line) ?? 0) + 1)
  const arrived = new Set(confirmed)
  const told = confirmed.filter((line) => line.startsWith('管理群: 📮')).flatMap((text) => text.split('\n'))
  const all = slots()
  const doubled = all.filter(({ line }) => (times.get(line) ?? 0) > 1)
  const missed = all.filter(({ line }) => !arrived.has(line))
  const isTold = ({ post, when, group }: (typeof all)[number], lines: readonly string[]) =>
    lines.some((line) => line.startsWith(`· ${post} ${when}`) && line.includes(group))
  const untold = missed.filter((slot) => !isTold(slot, told))
  const sure = told.filter((line) => !line.includes('不确定'))
  const falseAlarms = all.filter((slot) => arrived.has(slot.line) && isTold(slot, sure))
  console.log(
    `${all.length} slots, ${RESTARTS} restarts, ${blocks} blocks, ${hung} killed while sending: ` +
      `${doubled.length} doubled, ${missed.length} missed, ${untold.length} of them untold, ${falseAlarms.length} false alarms, ${told.length - sure.length} uncertain`,
  )
  expect(doubled).toEqual([])
  expect(untold).toEqual([])
  expect(falseAlarms).toEqual([])
  expect(hung).toBeGreaterThan(20)
  expect(missed.length).toBeGreaterThan(100)
  expect(missed.length).toBeLessThan(all.length / 4)
})
