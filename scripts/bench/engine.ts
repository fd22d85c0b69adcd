// The engine's own share of a message, apart from the flush: decide and stage, at 100 groups x 500 members. `npx tsx scripts/bench/engine.ts`
import { Engine, tablesOf } from '../../src/core/engine.ts'
import type { Settings } from '../../src/core/settings.ts'
import { Tables } from '../../src/core/tables.ts'
import { features } from '../../src/features/index.ts'
import { Roster } from '../../src/wechat/roster.ts'
import { loadConfig } from '../../src/config/load.ts'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'

const groups = 100
const members = 500
const messages = 20_000
const runs = 5
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

const tables = new Tables(tablesOf(features))
const engine = new Engine(features, tables, settings())
const roster = new Roster(tables, () => engine.settings, engine.rights)
let seq = 0
const now = Date.parse('2026-11-21T10:00:00+08:00')
const incoming = (one: Parameters<Roster['read']>[0], at: number) => {
  for (const event of roster.read(one)) engine.decide(event, { now: at, seed: String(seq), seq: ++seq })
  return tables.take()
}
incoming({ type: 'online', at: now, self: '@bot', selfName: '圈子' }, now)
for (let g = 0; g < groups; g++) {
  const list = Array.from({ length: members }, (_, m) => ({
    id: `@${g}-${m}`,
    name: `成员${g}-${m}`,
    nick: '',
    attrStatus: m,
  }))
  const room = {
    id: `@@${g}`,
    topic: `群${g}`,
    members: [{ id: '@bot', name: '圈子', nick: '', attrStatus: 1 }, ...list],
  }
  incoming({ type: 'room', at: now, room, invitedBy: null }, now)
}
console.log(
  `${groups} groups x ${members} members, ${messages} messages a run, every text through roster, engine and all features`,
)
for (let run = 0; run < runs; run++) {
  const took: number[] = []
  for (let n = 0; n < messages; n++) {
    const at = now + run * 3_600_000 + n * 50
    const group = n % groups
    const begun = performance.now()
    incoming(
      {
        type: 'message',
        id: `${run}-${n}`,
        at,
        room: `@@${group}`,
        from: `@${group}-${(n * 7) % members}`,
        fromName: '',
        kind: 'text',
        text: texts[n % texts.length] ?? '',
        quote: null,
        addressed: false,
      },
      at,
    )
    took.push(performance.now() - begun)
    // What was planned counts as sent.
    for (const [id] of tables.table('outbox.effects').entries()) tables.table('outbox.effects').delete(id)
    tables.take()
  }
  took.sort((a, b) => a - b)
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) =>
    (took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0).toFixed(3),
  )
  console.log(
    `run ${run + 1}: p50 ${p50} ms, p99 ${p99} ms, max ${max} ms; heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
  )
}
