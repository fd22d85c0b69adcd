// Time from "message waits at the server" to "answer received", beside a bare Wechaty on the same stand-in, and memory. `npx tsx scripts/bench/messages.ts`
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { runNode } from '../../src/standin/child.ts'
import { startStandin } from '../../src/standin/standin.ts'
import { World } from '../../src/standin/world.ts'

const sizes = [
  { groups: 3, members: 100 },
  { groups: 100, members: 500 },
]
const laterMessages = 200
/** The bare bot takes seconds for the first message of a full group: these many tell enough. */
const bareGroups = 5

interface Measured {
  onlineMs: number
  first: number[]
  later: number[]
  memoryMb: number
}

const bots = {
  quanzi: {
    script: 'scripts/bench/quanzi-bot.ts',
    asks: '积分',
    groups: Infinity,
    args: (folder: string) => [path.join(folder, 'config'), path.join(folder, 'data')],
  },
  wechaty: {
    script: 'scripts/bench/ding-dong-bot.ts',
    asks: 'ding',
    groups: bareGroups,
    args: (folder: string) => [path.join(folder, 'bare')],
  },
}

async function measure(
  size: (typeof sizes)[number],
  { script, asks, groups, args }: (typeof bots)['quanzi'],
): Promise<Measured> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanzi-bench-'))
  const world = new World({ bot: '圈子' })
  const names = Array.from({ length: size.groups }, (_, i) => `群${i + 1}`)
  const crowds = names.map((name, i) => {
    const crowd = world.crowd(size.members - 2, `成员${i}-`)
    world.group(name, { owner: world.person(`群主${i}`).handle, members: crowd })
    return crowd
  })
  fs.mkdirSync(path.join(folder, 'config'))
  fs.writeFileSync(path.join(folder, 'config', 'bot.yaml'), 'botName: 圈子\n')
  fs.writeFileSync(path.join(folder, 'config', 'groups.yaml'), stringify({ groups: names.map((name) => ({ name })) }))
  const weChat = await startStandin({ world })
  const started = performance.now()
  const bot = runNode(script, { env: weChat.env, args: args(folder) })
  try {
    await world.online(120_000)
    const onlineMs = performance.now() - started
    if (asks !== 'ding') await bot.says(`找到 ${size.groups} 个群`, 120_000)
    const ask = async (group: number, member: number) => {
      const at = performance.now()
      world.says(crowds[group]?.[member] ?? '', names[group] ?? '', asks)
      await world.sent(({ to }) => to === names[group], 120_000)
      return performance.now() - at
    }
    const first: number[] = []
    const asked = Math.min(size.groups, groups)
    for (let group = 0; group < asked; group++) first.push(await ask(group, 0))
    const later: number[] = []
    for (let n = 0; n < laterMessages; n++) later.push(await ask(n % asked, 1 + (n % (size.members - 3))))
    return { onlineMs, first, later, memoryMb: residentMb(bot.pid) }
  } finally {
    await bot.kill()
    await weChat.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function residentMb(pid: number): number {
  const status = fs.existsSync(`/proc/${pid}/status`) ? fs.readFileSync(`/proc/${pid}/status`, 'utf8') : ''
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

function at(share: number, values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}

for (const size of sizes) {
  console.log(`\n${size.groups} groups x ${size.members} members`)
  const results = { quanzi: await measure(size, bots.quanzi), wechaty: await measure(size, bots.wechaty) }
  for (const [name, { onlineMs, first, later, memoryMb }] of Object.entries(results)) {
    const [f50, fMax, l50, l99] = [at(0.5, first), at(1, first), at(0.5, later), at(0.99, later)].map((ms) =>
      ms.toFixed(1),
    )
    console.log(
      `${name.padEnd(8)} on line ${(onlineMs / 1000).toFixed(1)} s · first message p50 ${f50} ms, max ${fMax} ms · later p50 ${l50} ms, p99 ${l99} ms · ${memoryMb} MB`,
    )
  }
  const added = at(0.5, results.quanzi.later) - at(0.5, results.wechaty.later)
  const ratio = at(0.5, results.wechaty.first) / at(0.5, results.quanzi.first)
  console.log(
    `quanzi adds ${added.toFixed(1)} ms to a later message (median); its first message comes ${ratio.toFixed(1)} times as fast`,
  )
}
