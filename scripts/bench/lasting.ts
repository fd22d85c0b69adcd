// Whether memory grows: a million messages over three months and 50 fresh logins, at 100 groups x 500 members.
// `node --expose-gc --import tsx scripts/bench/lasting.ts`
import { crowds, FullHouse } from './full-house.ts'

const logins = 50
const messagesPerLogin = 20_000
const day = 86_400_000
/** How many members of each group are replaced between two logins. */
const replaced = 5

const collectGarbage = globalThis.gc
if (!collectGarbage) throw new Error('start with node --expose-gc')
const house = new FullHouse()
const people = crowds()
const start = Date.parse('2026-11-21T10:00:00+08:00')
for (let login = 0; login < logins; login++) {
  const at = start + login * 2 * day
  for (const [g, group] of people.entries()) {
    for (let i = 0; i < replaced && login > 0; i++) {
      const attrStatus = 1_000_000 + (login * people.length + g) * replaced + i
      group[(login * replaced + i) % group.length] = { name: `新人${attrStatus}`, nick: '', attrStatus }
    }
  }
  house.logIn(at, people)
  for (let n = 0; n < messagesPerLogin; n++) {
    const now = at + (n * 2 * day) / messagesPerLogin
    if (n % 100 === 0) house.passTime(now)
    house.hear(login * messagesPerLogin + n, now)
    house.forgetEffects()
  }
  collectGarbage()
  console.log(`login ${login + 1}: heap ${(process.memoryUsage().heapUsed / 1e6).toFixed(1)} MB`)
}
