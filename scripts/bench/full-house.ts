// Groups full of members, with the roster, the engine and all features, but nothing written to a disk: what the engine's benchmarks run on.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { loadConfig } from '../../src/config/load.ts'
import { Engine, tablesOf } from '../../src/core/engine/engine.ts'
import type { Event } from '../../src/core/types/event.ts'
import type { Settings } from '../../src/core/feature/settings.ts'
import { Tables } from '../../src/core/feature/tables.ts'
import { features } from '../../src/features/index.ts'
import type { Incoming, WxMember } from '../../src/wechat/account.ts'
import { Roster } from '../../src/people/roster.ts'

export const groups = 100
export const members = 500

/** What is chatted, and nobody reacts to. */
export const chat = [
  '今天的菜新鲜吗',
  '哈哈哈哈',
  '几点可以取货呀',
  '谢谢老板，草莓很甜很好吃',
  '早上好',
  '[图片]',
  '我家楼下那只橘猫又胖了一圈，昨天差点把花盆撞下去',
]
/** What a feature answers. */
const words = ['签到', '积分', '骰子']
export const ranking = '排行榜'
const texts = [...chat, ...words, ranking]

/** Entries of the answer library that wait for a keyword, which nobody in `chat` says. */
export const keyword = (n: number) => `口令${n.toString(36).padStart(4, '0')}`

export class FullHouse {
  readonly #tables = new Tables(tablesOf(features))
  readonly #engine: Engine
  readonly #roster
  #seq = 0
  #login = 0

  /** @param keywords entries of the answer library with one keyword each */
  constructor(keywords = 0) {
    this.#engine = new Engine(features, this.#tables, settings(keywords))
    this.#roster = new Roster(this.#tables, () => this.#engine.settings, this.#engine.rights)
  }

  /** A fresh login, in which everybody has a new id. @param people those of each group, without the bot */
  logIn(at: number, people: readonly (readonly Omit<WxMember, 'id'>[])[]): void {
    this.#login += 1
    const bot = { id: `@bot${this.#login}`, name: '圈子', nick: '', attrStatus: 1 }
    this.take({ type: 'online', at, self: bot.id, selfName: bot.name }, at)
    for (const [group, listed] of people.entries()) {
      const room = {
        id: `@@${this.#login}-${group}`,
        topic: `群${group}`,
        members: [bot, ...listed.map((person, place) => ({ id: this.#idOf(group, place), ...person }))],
      }
      this.take({ type: 'room', at, room, invitedBy: null }, at)
    }
    this.#decide(this.#roster.settle(), at)
  }

  /** The nth message: every member of every group in turn, every text. @returns the text */
  hear(n: number, at: number, text = textOf(n)): string {
    const group = n % groups
    this.take(
      {
        type: 'message',
        id: `${this.#login}-${n}`,
        at,
        room: `@@${this.#login}-${group}`,
        from: this.#idOf(group, Math.floor(n / groups) % members),
        fromName: '',
        kind: 'text',
        text,
        quote: null,
        addressed: false,
      },
      at,
    )
    return text
  }

  /** Rings what is due. */
  passTime(at: number): void {
    for (let due = this.#engine.nextTimer(); due && due.due <= at; due = this.#engine.nextTimer()) {
      this.#decide([{ type: 'woke', at, ...due }], at)
    }
  }

  /** What was planned counts as sent. @returns how many effects that were */
  forgetEffects(): number {
    const planned = this.#tables.table('outbox.effects')
    const ids = planned.keys()
    for (const id of ids) planned.delete(id)
    this.#tables.take()
    return ids.length
  }

  /** Timers of some members, all in the far future, as a feature would have set them. */
  setTimers(count: number, at: number): void {
    const timers = this.#tables.table('engine.timers')
    for (let n = 0; n < count; n++) timers.set(`welcome/greet/${n}`, { due: at + 86_400_000 + n })
    this.#tables.take()
  }

  /** Moves one of them, and asks which is due first. */
  moveTimer(n: number, at: number): number | undefined {
    this.#tables.table('engine.timers').set(`welcome/hello/${n}`, { due: at + 86_400_000 + n })
    this.#tables.take()
    return this.#engine.nextTimer()?.due
  }

  take(incoming: Incoming, at: number): void {
    this.#decide(this.#roster.read(incoming), at)
  }

  #decide(events: readonly Event[], at: number): void {
    for (const event of events) {
      this.#seq += 1
      this.#engine.decide(event, { now: at, seed: String(this.#seq), seq: this.#seq })
    }
    this.#tables.take()
  }

  #idOf(group: number, place: number): string {
    return `@${this.#login}-${group}-${place}`
  }
}

function textOf(n: number): string {
  return texts[(n + Math.floor(n / (groups * members))) % texts.length] ?? ''
}

function settings(keywords: number): Settings {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanzi-bench-'))
  fs.writeFileSync(path.join(folder, 'bot.yaml'), 'botName: 圈子\n')
  const names = Array.from({ length: groups }, (_, i) => ({ name: `群${i}` }))
  fs.writeFileSync(path.join(folder, 'groups.yaml'), stringify({ groups: names }))
  const entries = Array.from({ length: keywords }, (_, n) => ({
    id: `k${n}`,
    question: keyword(n),
    keywords: [keyword(n)],
    answer: `答案${n}`,
  }))
  if (keywords > 0) fs.writeFileSync(path.join(folder, 'faq.yaml'), stringify({ entries }))
  const loaded = loadConfig(folder, features)
  fs.rmSync(folder, { recursive: true })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.settings
}

/** The members of each group, with names of their own. */
export function crowds(): Omit<WxMember, 'id'>[][] {
  return Array.from({ length: groups }, (_, g) =>
    Array.from({ length: members }, (_one, m) => ({ name: `成员${g}-${m}`, nick: '', attrStatus: g * members + m })),
  )
}
