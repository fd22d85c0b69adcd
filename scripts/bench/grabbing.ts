// A group in which everybody grabs a lucky packet within a second, through the local WeChat, and the bot is killed as soon as all is saved.
import fs from 'node:fs'
import path from 'node:path'
import { stringify } from 'yaml'
import { runNode } from '../../src/standin/child.ts'
import { startStandin } from '../../src/standin/standin.ts'
import { World } from '../../src/standin/world.ts'

/** Members who grab; the packet has a part for each. */
export const grabbers = 200
/** Points in the packet. */
export const packetPoints = 1000
const group = '福利群'
const patience = 120_000

export interface Grabbed {
  /** Milliseconds of decision and commit, by the message's id; only of those that were told to be on disk. */
  saved: Map<string, number>
  /** Milliseconds from the first message said to the last one saved. */
  wholeMs: number
}

/** The bot's settings: who checks in gets enough points to send a packet. */
const config = {
  bot: { botName: '圈子' },
  groups: { groups: [{ name: group }] },
  points: { message: { points: 0 }, dailyCap: packetPoints, caps: {} },
  checkin: { points: packetPoints, streakBonus: {} },
  packet: { members: true, membersMost: packetPoints },
}

/** @param folder an empty one; the bot's data are in its `data` afterwards */
export async function grabAll(folder: string): Promise<Grabbed> {
  const world = new World({ bot: '圈子' })
  const crowd = world.crowd(grabbers, '邻居')
  const { handle: sender } = world.person('老板')
  world.group(group, { owner: sender, members: crowd })
  fs.mkdirSync(path.join(folder, 'config'))
  for (const [name, content] of Object.entries(config))
    fs.writeFileSync(path.join(folder, 'config', `${name}.yaml`), stringify(content))
  const weChat = await startStandin({ world })
  const bot = runNode('scripts/bench/grab-bot.ts', {
    env: weChat.env,
    args: [path.join(folder, 'config'), path.join(folder, 'data')],
  })
  try {
    await bot.says('找到 1 个群', patience)
    world.says(sender, group, '签到')
    await bot.says('saved 签到', patience)
    world.says(sender, group, `发红包 ${packetPoints} ${grabbers}`)
    await world.sent((sent) => sent.to === group && 'text' in sent && sent.text.startsWith('🧧'), patience)
    const from = performance.now()
    for (const member of crowd) world.says(member, group, '抢')
    await bot.says(`saved 抢 ${grabbers} `, patience)
    const wholeMs = performance.now() - from
    await bot.kill('SIGKILL')
    const lines = bot.output().matchAll(/^saved 抢 \d+ (\S+) (\S+)$/gm)
    return { saved: new Map([...lines].map(([, id = '', ms]) => [id, Number(ms)])), wholeMs }
  } finally {
    await bot.kill('SIGKILL')
    await weChat.close()
  }
}
