#!/usr/bin/env node
// Draws once more what the bot has posted about a lucky draw or about scratch cards, with nothing but Node and nothing of the bot.
//
//   node scripts/verify-draw.mjs posted.txt      or paste into:  node scripts/verify-draw.mjs
//
// It wants what „验证 12“ and „验证 12 名单“ answered (every page), and takes the posts of opening, closing and drawing as well: what was
// said twice must be the same. The rules by which it goes:
//
//   commitment  SHA-256 of  quanzi draw 1 ⏎ number ⏎ rules line ⏎ seed
//   list        SHA-256 of the lines T0001 m1 name, by number, joined by ⏎
//   luck        HMAC-SHA-256, key: the seed's 32 bytes, of  quanzi draw 1 ⏎ number ⏎ list hash ⏎ outside number ⏎ ticket
//   order       by luck, low to high; of a person (m1) only the first ticket; without those that are published as skipped
//   winners     the first in that order, for the prizes in the order of the rules line; then one more for every reroll
//
//   scratch     SHA-256 of  quanzi scratch 1 ⏎ place and day ⏎ table line ⏎ seed is the commitment of the day; a card's number is the first
//               8 hex digits of HMAC-SHA-256, key: the seed, of  quanzi scratch 1 ⏎ place and day ⏎ card ⏎ person, as a whole number
//               modulo 10000; the table line says from which to which number what is won
import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const sha256 = (text) => createHash('sha256').update(text).digest('hex')
const hmac = (seed, text) => createHmac('sha256', Buffer.from(seed, 'hex')).update(text).digest('hex')

const labels = {
  rules: /^(?:规则：|Rules: ?)(.+)$/,
  commitment: /^(?:承诺：|Commitment: ?)([0-9a-f]{64})$/,
  list: /^(?:名单：|List: ?)([0-9a-f]{64})$/,
  outside: /^(?:外部数：|Outside number: ?)(.+)$/,
  seed: /^(?:种子：|Seed: ?)([0-9a-f]{64})$/,
  winners: /^(?:中奖：|Winners: ?)(.+)$/,
  table: /^(?:奖表：|Table: ?)(.+)$/,
}
const skipped = /^(?:跳过：|Skipped: ?)(.+)$/
const rerolled = /^(?:补抽：|Rerolled: ?)(.+)$/
const ticket = /^(T\d{4,}) (m\d+)(?: \S+)?$/
const draw = /(?:抽奖|Draw|draw) #(\d+)/
const scratchDay = /(?:刮刮乐|Scratch cards) (g\d+ \d{4}-\d\d-\d\d|#\d+)$/
const card = /^(\d+)\. (m\d+) → (\d+)(?: .*)?$/

/** What is wrong with the posts, for people. */
class Wrong extends Error {}

/** Everything that the pasted text says; the same thing said twice in different words is refused. */
function read(text) {
  const found = { tickets: new Map(), skipped: new Set(), rerolls: new Map(), cards: new Map() }
  const once = (name, value) => {
    if (found[name] !== undefined && found[name] !== value)
      throw new Wrong(`说法不一 / posted in two ways: ${name}\n  ${found[name]}\n  ${value}`)
    found[name] = value
  }
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim()
    for (const [name, form] of Object.entries(labels)) {
      const value = form.exec(line)?.[1]
      if (value !== undefined) once(name, value.trim())
    }
    const no = draw.exec(line)?.[1]
    if (no !== undefined) once('no', no)
    const day = scratchDay.exec(line)?.[1]
    if (day !== undefined) once('day', day)
    const [, name, member] = ticket.exec(line) ?? []
    if (name !== undefined) {
      if ((found.tickets.get(name)?.line ?? line) !== line)
        throw new Wrong(`同一张票有两种写法 / ticket listed twice: ${name}`)
      found.tickets.set(name, { name, member, line })
    }
    for (const one of skipped.exec(line)?.[1].match(/T\d{4,}/g) ?? []) found.skipped.add(one)
    for (const [, from, to] of rerolled.exec(line)?.[1].matchAll(/(T\d{4,})>(T\d{4,})/g) ?? [])
      found.rerolls.set(from, to)
    const [, cardNo, who, number] = card.exec(line) ?? []
    if (cardNo !== undefined)
      found.cards.set(`${cardNo} ${who}`, { no: cardNo, member: who, number: Number(number), line })
  }
  return found
}

function need(found, names) {
  const missing = names.filter((name) => found[name] === undefined)
  if (missing.length > 0) throw new Wrong(`还缺 / missing: ${missing.join(', ')}`)
}

function same(what, posted, computed) {
  if (posted !== computed)
    throw new Wrong(`${what} 不符 / does not match:\n  公布 posted   ${posted}\n  重算 computed ${computed}`)
}

/** The prizes of a rules line, one entry for each piece. */
export function prizesOf(rules) {
  const list = /[；;] ?(?:奖品|prizes) (.+?)(?:[；;]|$)/.exec(rules)?.[1]
  if (list === undefined) throw new Wrong('规则里没有奖品 / the rules name no prizes')
  return list.split(/、|, /).flatMap((part) => {
    const [, name, stock] = /^(.+)×(\d+)$/.exec(part) ?? []
    if (name === undefined) throw new Wrong(`看不懂的奖品 / unclear prize: ${part}`)
    return Array.from({ length: Number(stock) }, () => name)
  })
}

/** The luckiest ticket of every person, in order. */
export function orderOfLuck({ no, list, outside, seed }, tickets) {
  const seen = new Set()
  return tickets
    .map((one) => ({ ...one, luck: hmac(seed, `quanzi draw 1\n${no}\n${list}\n${outside}\n${one.name}`) }))
    .sort((a, b) => (a.luck < b.luck ? -1 : 1))
    .filter(({ member }) => !seen.has(member) && seen.add(member))
}

function checkDraw(found) {
  need(found, ['no', 'rules', 'commitment', 'list', 'seed', 'winners'])
  const tickets = [...found.tickets.values()].sort((a, b) => Number(a.name.slice(1)) - Number(b.name.slice(1)))
  same('承诺 commitment', found.commitment, sha256(`quanzi draw 1\n${found.no}\n${found.rules}\n${found.seed}`))
  same('名单 list', found.list, sha256(tickets.map(({ line }) => line).join('\n')))
  const prizes = prizesOf(found.rules)
  const order = orderOfLuck({ ...found, outside: found.outside ?? '' }, tickets).filter(
    ({ name }) => !found.skipped.has(name),
  )
  const winners = found.winners.split(/\s+/)
  const posted = [...winners, ...found.rerolls.values()]
  same(
    '中奖 winners',
    posted.join(' '),
    order
      .slice(0, posted.length)
      .map(({ name }) => name)
      .join(' '),
  )
  if (winners.length > prizes.length || (winners.length < prizes.length && posted.length < order.length))
    throw new Wrong(
      `奖品 ${prizes.length} 份，中奖 ${winners.length} 人 / ${prizes.length} prizes, ${winners.length} winners`,
    )
  const holder = (name) => (found.rerolls.has(name) ? holder(found.rerolls.get(name)) : name)
  const lineOf = (name) => found.tickets.get(name)?.line ?? name
  return [
    `抽奖 #${found.no}：承诺、名单、中奖都对得上（${tickets.length} 张票）`,
    `Draw #${found.no}: commitment, list and winners are right (${tickets.length} tickets)`,
    ...winners.map((name, i) => `${prizes[i]}: ${lineOf(holder(name))}`),
    ...[...found.skipped].map((name) => `跳过 skipped: ${lineOf(name)}`),
    ...[...found.rerolls].map(([from, to]) => `补抽 rerolled: ${lineOf(from)} → ${lineOf(to)}`),
  ]
}

/** The number of a scratch card, 0 to 9999. */
export function cardNumber({ day, seed }, no, member) {
  return parseInt(hmac(seed, `quanzi scratch 1\n${day}\n${no}\n${member}`).slice(0, 8), 16) % 10_000
}

function checkScratch(found) {
  need(found, ['day', 'table', 'commitment', 'seed'])
  same('承诺 commitment', found.commitment, sha256(`quanzi scratch 1\n${found.day}\n${found.table}\n${found.seed}`))
  for (const { no, member, number } of found.cards.values())
    same(`${no}. ${member}`, number, cardNumber(found, no, member))
  return [
    `刮刮乐 ${found.day}：承诺和 ${found.cards.size} 张卡都对得上`,
    `Scratch cards ${found.day}: commitment and ${found.cards.size} cards are right`,
    `奖表 table: ${found.table}`,
    ...[...found.cards.values()].map(({ line }) => line),
  ]
}

/** Checks pasted posts. @returns whether they are right, and lines that say so or what is wrong */
export function verify(text) {
  try {
    const found = read(text)
    return { ok: true, lines: found.day === undefined ? checkDraw(found) : checkScratch(found) }
  } catch (error) {
    if (!(error instanceof Wrong)) throw error
    return { ok: false, lines: error.message.split('\n') }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { ok, lines } = verify(readFileSync(process.argv[2] ?? 0, 'utf8'))
  for (const line of lines) console.log(line)
  console.log(ok ? '✅' : '❌')
  process.exitCode = ok ? 0 : 1
}
