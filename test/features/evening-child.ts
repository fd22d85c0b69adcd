// An evening that is the same at every start, played by the real bot on the real disk; it dies where it is told to.
import { openAlarm } from '../../src/alarm/open.ts'
import { DataFolder } from '../../src/data-folder.ts'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { Bot } from '../../src/bot.ts'
import { loadConfig } from '../../src/config/load.ts'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { hashClaim } from '../../src/core/feature/rights.ts'
import { realDisk, type Disk } from '../../src/store/disk.ts'
import { openStore } from '../../src/store/open.ts'
import type { Account, Incoming, WxResult } from '../../src/wechat/account.ts'
import { answers, features, members, roundOf, stake, winners, type Message, type Moment } from './evening.ts'

const [folder = '', from = '1', moment] = process.argv.slice(2) as [string?, string?, Moment?]
/** A whole round passes first. */
let left = 2

function tell(line: string): void {
  fs.writeSync(1, `${line}\n`)
}

function die(at: Moment, what: string): void {
  if (at !== moment) return
  tell(`dying ${what}`)
  process.kill(process.pid, 'SIGKILL')
}

const isSteps = new RegExp(String.raw`"id":"\d+/(${Object.keys(answers).join('|')})\d`, 'g')
let dyingOf = ''

const disk: Disk = {
  ...realDisk,
  async open(file, mode) {
    const handle = await realDisk.open(file, mode)
    return {
      ...handle,
      async write(bytes, position) {
        const steps = [...new Set([...bytes.toString().matchAll(isSteps)].map(([, step]) => step))].join(' ')
        if (!file.endsWith('.jsonl') || steps === '' || moment?.includes('send') || --left > 0)
          return handle.write(bytes, position)
        dyingOf = steps
        die('before write', steps)
        if (moment === 'half write') await handle.write(bytes.subarray(0, bytes.length >> 1), position)
        die('half write', steps)
        const written = await handle.write(bytes, position)
        die('after write', steps)
        return written
      },
      async flush() {
        await handle.flush()
        if (dyingOf !== '') die('after flush', dyingOf)
      },
    }
  },
}

/** WeChat, as far as it needs one: a file of what was sent. */
async function send(to: string, text: string): Promise<WxResult> {
  const step = Object.entries(answers).find(([, said]) => said.test(text))?.[0]
  const isIt = moment?.endsWith(`send ${step}`) && --left === 0
  if (isIt) die(`before send ${step}` as Moment, JSON.stringify(text))
  fs.appendFileSync(path.join(folder, 'wechat.jsonl'), `${JSON.stringify({ to, text })}\n`)
  if (isIt) die(`after send ${step}` as Moment, JSON.stringify(text))
  return Promise.resolve({ ok: true })
}

let listener: (incoming: Incoming) => void = () => {}
const never = (): Promise<WxResult> => Promise.reject(new Error('nobody asked for this'))
const account: Account = {
  start: (listens) => {
    listener = listens
    return Promise.resolve()
  },
  sendText: send,
  sendFile: never,
  forwardPicture: never,
  kick: never,
  refreshRoom: never,
  readPicture: () => Promise.resolve(undefined),
  stop: () => Promise.resolve(),
}

const loaded = loadConfig(path.join(folder, 'config'), features)
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
const unpaced = { gap: 0, jitter: 0, perMinute: 1e6, perHour: 1e6, perDay: 1e6, perGroupPerMinute: 1e6, quiet: null }
const { store } = await openStore({ folder, name: 'main', specs: tablesOf(features), now: Date.now, disk })
const commit = store.commit.bind(store)
store.commit = async (decision) => {
  await commit(decision)
  if (decision.event.type === 'said') tell(decision.event.id)
}
const bot = new Bot({
  features,
  settings: { ...loaded.settings, sending: unpaced },
  store,
  account,
  loadDraft: () => ({ problems: '' }),
  data: new DataFolder(folder),
  tell: () => {},
  alarm: openAlarm({
    data: new DataFolder(folder),
    settings: () => loaded.settings,
    mailPassword: '',
    now: Date.now,
    later: () => () => {},
    failed: () => {},
  }),
  configFolder: folder,
  log: pino({ level: 'error' }, pino.destination(2)),
  now: Date.now,
  later(ms, run) {
    // The next message comes before this one reaches the disk, so that a round's decisions go there together.
    if (ms === 0) {
      let wanted = true
      queueMicrotask(() => wanted && run())
      return () => {
        wanted = false
      }
    }
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  seed: () => `${store.nextSeq}`,
  jitter: () => 0,
  reload: () => ({ ok: true, text: '' }),
  embeddings: { of: () => Promise.resolve({ outcome: 'off' }) },
  model: { name: null, ask: () => Promise.resolve({ outcome: 'off' }) },
  issueClaim: () => hashClaim('CHATCODE00'),
  onGroups: () => {},
})

function say(id: string, name: string, group: string, text: string): void {
  const message = { type: 'message', at: Date.now(), kind: 'text', quote: null, addressed: false } as const
  listener({ ...message, id, room: `@@${group}`, from: `@${name}`, fromName: name, text })
}

/** Until all that was decided is carried out. */
async function calm(): Promise<void> {
  do await pause(1)
  while (store.tables.table('outbox.effects').size() > 0)
}

/** The account comes on line with the same people as before; the first time, everybody gets his points. */
async function begin(): Promise<void> {
  await bot.start()
  listener({ type: 'online', at: Date.now(), self: '@bot', selfName: '圈子' })
  const lists = { 福利群: ['bot', '老板', ...members], 管理群: ['bot', '老板'] }
  for (const [topic, names] of Object.entries(lists)) {
    const list = names.map((name) => ({ id: `@${name}`, name, nick: '', attrStatus: 0 }))
    listener({ type: 'room', at: Date.now(), room: { id: `@@${topic}`, topic, members: list }, invitedBy: null })
  }
  if (bot.engine.rights.control === null) {
    say('claim', '老板', '管理群', '/claim CHATCODE00')
    for (const name of members) say(`stake ${name}`, '老板', '管理群', `/points add @${name} ${stake} 本钱`)
  }
  await calm()
}

/** The first code that a member can still use. */
function codeOf(name: string): string {
  const people = store.tables.table<{ wx: string }>('directory.people')
  const person = [...people.entries()].find(([, { wx }]) => wx === `@${name}`)?.[0]
  const all = store.tables.table<{ code: string; member: string; used: object | null }>('ledger.coupons')
  return [...all.entries()].find(([, { member, used }]) => member === person && used === null)?.[1].code ?? ''
}

function play(round: number, { id, does, who }: Message): void {
  const inGroup = { grab: '抢', buy: '兑换 小券', enter: '抽奖' }
  if (does in inGroup) return say(id, who, '福利群', inGroup[does as keyof typeof inGroup])
  const byStaff = {
    open: () => `/packet ${members.length} ${members.length}`,
    redeem: () => `核销 ${codeOf(who)}`,
    lot: () => `/draw new 夜场 小券x${winners} 人人 1分`,
    // Packets and draws are numbered in one series, and each round opens one of each.
    close: () => `/draw close ${2 * round}`,
    reveal: () => `/draw close ${2 * round}`,
  }
  say(id, '老板', '管理群', byStaff[does as keyof typeof byStaff]())
}

await begin()
tell('ready')
if (moment === undefined) process.kill(process.pid, 'SIGKILL')

for (let n = Number(from); ; n += 1) {
  // A round's messages come all at once, as when people draw a packet.
  for (const message of roundOf(n)) {
    if (store.handled(message.id)) tell(message.id)
    else play(n, message)
    await Promise.resolve()
    if (!store.handled(message.id)) throw new Error(`${message.id} was not decided upon`)
  }
  await calm()
  if (n % 7 === 0) void store.compact()
}
