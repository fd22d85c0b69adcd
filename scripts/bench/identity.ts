// Who is carried over a fresh login, by how hard people are to tell apart; nobody may spend what is another's.
// `node --import tsx scripts/bench/identity.ts [people] [groups] [logins]`
import { IdentitySimulator } from '../../test/people/identity-simulator.ts'

const [people = 5_000, groups = 100, logins = 5] = process.argv.slice(2).map(Number)
const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`)

console.log(`${people} people in ${groups} groups, ${logins} logins in a row, a week of chat after each\n`)
console.log(
  '| bits 0 | lists | avatars | stayed | earn at once | spend in 7 days | with evidence | of these earn | spend | wrong | wrong & may spend | impostors & may spend | rest | named |',
)
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|---|---|')
for (const [isOrdered, hasAvatars] of [
  [true, true],
  [true, false],
  [false, true],
  [false, false],
] as const)
  for (const noBits of [0, 0.3, 0.7, 1]) {
    const started = performance.now()
    const it = new IdentitySimulator({ people, groups, logins, noBits, isOrdered, hasAvatars, seed: 20261128 }).run()
    const row = [
      `${noBits * 100} %`,
      isOrdered ? 'in order' : 'shuffled',
      hasAvatars ? 'read' : 'none',
      it.stayed,
      percent(it.earning, it.stayed),
      percent(it.spending, it.stayed),
      it.evident,
      percent(it.earningEvident, it.evident),
      percent(it.spendingEvident, it.evident),
      it.wrong,
      it.wrongSpending,
      `${it.impostors} & ${it.impostorsSpending}`,
      it.rest,
      percent(it.named, it.rest),
    ]
    console.log(`| ${row.join(' | ')} |  (${((performance.now() - started) / 1000).toFixed(0)} s)`)
  }
