// A real process is killed over and over while packets are drawn, coupons bought and redeemed, and draws paid out: nothing lost, nothing twice.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { openStore } from '../../src/store/open.ts'
import { temporaryFolder } from '../store/folder.ts'
import {
  answers,
  config,
  features,
  losers,
  members,
  price,
  roundOf,
  stake,
  winners,
  type Moment,
  type Step,
} from './evening.ts'

/** Kills while a round's decisions go to the disk: each hits every step. */
const diskKills = 264
/** Kills around the sending of an answer. */
const sendKills = 48

const atDisk: readonly Moment[] = ['before write', 'half write', 'after write', 'after flush']
const sent: readonly Step[] = ['grab', 'buy', 'redeem', 'reveal']
const atSend = sent.flatMap((step): Moment[] => [`before send ${step}`, `after send ${step}`])

interface Life {
  /** The messages that were told to be on disk. */
  acknowledged: string[]
  /** The steps that were on their way to the disk, or the text that was on its way to WeChat. */
  dying: string
}

/** @param moment when it dies; without one, as soon as all that was left over is done */
async function live(folder: string, from: number, moment?: Moment): Promise<Life> {
  const file = path.join(import.meta.dirname, 'evening-child.ts')
  const args = ['--import', 'tsx', file, folder, String(from), ...(moment === undefined ? [] : [moment])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const life: Life = { acknowledged: [], dying: '' }
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('dying ')) life.dying = line.slice('dying '.length)
    else life.acknowledged.push(line)
  }
  const [, signal] = (await closed) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return life
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, number) => all + number, 0)
}

/** Kills one bot so many times and counts what is left. @returns how often each step was hit on its way to the disk */
async function evening(folder: string, diskKills: number, sendKills: number): Promise<Record<Step, number>> {
  fs.mkdirSync(path.join(folder, 'config'))
  for (const [name, content] of Object.entries(config))
    fs.writeFileSync(path.join(folder, 'config', `${name}.yaml`), stringify(content))
  const done = new Set<string>()
  const hits = { grab: 0, buy: 0, redeem: 0, reveal: 0 }
  const killed: { moment: Moment; text: string }[] = []
  let round = 1
  const next = async (moment?: Moment) => {
    const { acknowledged, dying } = await live(folder, round, moment)
    for (const id of acknowledged) done.add(id)
    while (roundOf(round).every(({ id }) => done.has(id))) round += 1
    return dying
  }
  for (let i = 0; i < Math.max(diskKills, sendKills); i += 1) {
    if (i < diskKills) {
      const dying = await next(atDisk[i % atDisk.length])
      for (const step of sent) if (dying.split(' ').includes(step)) hits[step] += 1
    }
    const moment = i < sendKills ? atSend[i % atSend.length] : undefined
    if (moment) killed.push({ moment, text: JSON.parse(await next(moment)) as string })
  }
  await next()

  const { store } = await openStore({ folder, name: 'main', specs: tablesOf(features), now: Date.now })
  // The last life may have saved more than it could acknowledge.
  const saved = [...Array(round + 100).keys()].flatMap(roundOf).filter(({ id }) => store.handled(id))
  const count = (does: Step) => saved.filter((message) => message.does === does).length
  expect([...done].filter((id) => id.includes('/') && !store.handled(id))).toEqual([])
  expect(done.size).toBeGreaterThan(diskKills * roundOf(1).length)

  const table = <R>(name: string) => [...store.tables.table<R>(name).entries()].map(([, record]) => record)
  expect(sum(table<{ points: number }>('ledger.balances').map((balance) => balance.points))).toBe(
    members.length * stake + count('grab') - price * count('buy') + losers * count('reveal'),
  )
  const issued = table<{ used: object | null }>('ledger.coupons')
  expect(issued).toHaveLength(count('buy') + winners * count('reveal'))
  expect(issued.filter(({ used }) => used !== null)).toHaveLength(count('redeem'))

  // Every answer went out once, but for those that a kill kept back; and of each of which nobody knows, the admins were told.
  const lines = fs.readFileSync(path.join(folder, 'wechat.jsonl'), 'utf8').trim().split('\n')
  const messages = lines.map((line) => JSON.parse(line) as { to: string; text: string })
  const reports = messages.filter(({ text }) => text.includes('不确定有没有发出')).map(({ text }) => text)
  const partsOf = (step: Step, texts: readonly string[]) =>
    texts.flatMap((text) => text.split('\n')).filter((line) => answers[step].test(line)).length
  const texts = messages.map(({ text }) => text).filter((text) => !reports.includes(text))
  for (const step of sent) {
    const kept = killed.filter(({ moment }) => moment === `before send ${step}`).map(({ text }) => text)
    expect([step, partsOf(step, texts) + partsOf(step, kept)]).toEqual([step, count(step)])
  }
  // What goes to the admins' own group and may be lost there is answered by asking again.
  for (const { text } of killed.filter(({ moment }) => !moment.endsWith('redeem')))
    for (const line of text.split('\n')) expect(reports.some((report) => report.includes(line))).toBe(true)
  await store.close()
  return hits
}

it(`${diskKills + sendKills} kills pay nothing twice, lose nothing, and leave no doubt untold`, async () => {
  // Two evenings at once, as a life is mostly the start of a process.
  const evenings = [temporaryFolder(), temporaryFolder()].map((folder) => evening(folder, diskKills / 2, sendKills / 2))
  const hits = await Promise.all(evenings)
  // A write seldom comes without one of the steps, when the machine was slow to bring them together.
  for (const step of sent) expect(sum(hits.map((hit) => hit[step]))).toBeGreaterThanOrEqual(250)
})
