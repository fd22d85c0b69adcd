// What small libraries of several trades answer of sloppy questions, said plainly and to the bot, and of what they cannot answer:
//   tsx scripts/bench/trades.ts [tuning|kept] [CHAT FILE]
// `kept` was not looked at while tuning. Of the chat, every second line was learned from; the others are measured here.
import { shareOf } from '../../src/features/faq/entry.ts'
import { calibrate } from '../../src/features/faq/levels.ts'
import { buildLibrary, find } from '../../src/features/faq/library.ts'
import { readChat } from './faq-data.ts'
import { readTrades } from './faq-trades.ts'

const [part = 'kept', chatFile = '../shared/data/ads/chat_zh.dev.tsv'] = process.argv.slice(2)
const chat = readChat(chatFile).filter((_text, i) => i % 2 === 1)
const counts = { questions: 0, right: 0, wrong: 0, askedRight: 0, offered: 0, askedWrong: 0 }
const traps = { lines: 0, answered: 0, askedAnswered: 0, chat: 0, chatAnswered: 0 }

for (const { own, questions, cannot } of readTrades(part === 'tuning' ? 'tuning' : 'kept')) {
  const library = buildLibrary(own)
  const { levels } = calibrate(library, shareOf('0.2 %'))
  const say = (text: string, addressed: boolean) =>
    find(library, levels, text, { groups: null, today: null, addressed }).finding
  for (const { id, text } of questions) {
    const [plain, asked] = [say(text, false), say(text, true)]
    counts.questions += 1
    if (plain.kind === 'answer') counts[plain.entry.id === id ? 'right' : 'wrong'] += 1
    if (asked.kind === 'answer') counts[asked.entry.id === id ? 'askedRight' : 'askedWrong'] += 1
    else if (asked.kind === 'choose' && asked.entries.some((entry) => entry.id === id)) counts.offered += 1
  }
  for (const text of cannot) {
    traps.lines += 1
    traps.answered += Number(say(text, false).kind === 'answer')
    traps.askedAnswered += Number(say(text, true).kind === 'answer')
  }
  for (const text of chat) {
    traps.chat += 1
    traps.chatAnswered += Number(say(text, false).kind === 'answer')
  }
}
const percent = (count: number, of: number) => `${((100 * count) / (of || 1)).toFixed(1)} %`
const { questions } = counts
console.log(`said plainly: right ${percent(counts.right, questions)}, wrong ${percent(counts.wrong, questions)}`)
console.log(
  `to the bot: right or offered ${percent(counts.askedRight + counts.offered, questions)}, wrong ${percent(counts.askedWrong, questions)}`,
)
console.log(
  `not answerable: plainly answered ${percent(traps.answered, traps.lines)}, by the bot asked ${percent(traps.askedAnswered, traps.lines)}`,
)
console.log(`ordinary chat answered: ${percent(traps.chatAnswered, traps.chat)}`)
