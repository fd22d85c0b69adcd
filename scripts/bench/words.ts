// How well members' words are heard: ways to say fifteen words must do what is meant, lines that only mention one must do nothing.
// Usage: npx tsx scripts/bench/words.ts [--misses]   prints misses of the half that may be looked at
import { Chat } from '../../test/support/chat.ts'
import { WordList } from '../../src/core/feature/words.ts'
import { features } from '../../src/features/index.ts'
import { mentions, ways } from './word-lines.ts'

const coupon = (value: string) => ({ value, valid: { days: 30 }, stock: 1000 })
const config = {
  coupons: { kinds: { 满15减3: coupon('减3元'), '10元券': coupon('减10元') } },
  shop: {
    items: [
      { coupon: '满15减3', points: 1 },
      { coupon: '10元券', points: 1 },
    ],
  },
}

/** Everything a word could be about is open, and the speaker has points. */
function evening(): Chat {
  const chat = new Chat({ members: ['小明', '阿花', '陈晨'], config })
  chat.admin('/draw new 周末福利 20分x1 截止 23:00')
  chat.admin('/points add 小明 100 试试')
  chat.admin('/packet 100 10 福利群')
  chat.says('阿花', '抽奖 1')
  return chat
}

const { settings } = new Chat({ config }).engine
const words = new WordList(features, settings)

function does(line: string, meant: string): boolean {
  const heard = words
    .readings(line, '福利群', false)
    .flat()
    .map(({ feature, word }) => `${feature.name}.${word}`)
  if (!heard.includes(meant)) return false
  const chat = evening()
  if (meant === 'activities.leave') chat.says('小明', '抽奖 1')
  chat.after('2m')
  return chat.says('小明', line).length > 0
}

const tried = { seen: [0, 0], unseen: [0, 0] }
const misses: string[] = []
const note = (i: number, isRight: boolean, line: string) => {
  const half = tried[i % 2 === 0 ? 'seen' : 'unseen']
  half[0] = (half[0] ?? 0) + (isRight ? 1 : 0)
  half[1] = (half[1] ?? 0) + 1
  if (!isRight && i % 2 === 0) misses.push(line)
}
const report = (what: string, of: (right: number, all: number) => string) => {
  for (const half of ['seen', 'unseen'] as const) {
    const [right = 0, all = 0] = tried[half]
    console.log(`${what} (${half === 'seen' ? 'looked at' : 'never looked at'}): ${of(right, all)}`)
    tried[half] = [0, 0]
  }
}

for (const [meant, lines] of Object.entries(ways))
  for (const [i, line] of lines.entries()) note(i, does(line, meant), `${meant} ← ${line}`)
report('ways to say a word that do what is meant', (right, all) => `${right} of ${all}`)
for (const [i, line] of mentions.entries()) {
  const chat = evening()
  chat.after('2m')
  const answer = chat.says('小明', line)
  note(i, answer.length === 0, `${line} → ${answer.join(' / ').slice(0, 60)}`)
}
report('mentions that trigger something', (right, all) => `${all - right} of ${all}`)
if (process.argv.includes('--misses')) for (const miss of misses) console.log(`  ${miss}`)
