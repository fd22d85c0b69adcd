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

const texts = [
  '今天的菜新鲜吗',
  '签到',
  '积分',
  '骰子',
  '哈哈哈哈',
  '几点可以取货呀',
  '谢谢老板，草莓很甜很好吃',
  '排行榜',
  '早上好',
  '[图片]',
]

export class FullHouse {
  readonly #tables = new Tables(tablesOf(features))
  readonly #engine = new Engine(features, this.#tables, settings())
  readonly #roster = new Roster(this.#tables, () => this.#engine.settings, this.#engine.rights)
  #seq = 0
  #login = 0

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
  hear(n: number, at: number): string {
    const group = n % groups
    const text = texts[(n + Math.floor(n / (groups * members))) % texts.length] ?? ''
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

  /** What was planned counts as sent. */
  forgetEffects(): void {
    const planned = this.#tables.table('outbox.effects')
    for (const [id] of planned.entries()) planned.delete(id)
    this.#tables.take()
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

function settings(): Settings {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanzi-bench-'))
  fs.writeFileSync(path.join(folder, 'bot.yaml'), 'botName: 圈子\n')
  const names = Array.from({ length: groups }, (_, i) => ({ name: `群${i}` }))
  fs.writeFileSync(path.join(folder, 'groups.yaml'), stringify({ groups: names }))
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
