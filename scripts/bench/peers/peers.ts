// Other bots with as many keyword rules, each in its own best way of having them: what the engine is measured beside.
import fs from 'node:fs'
import { createRequire } from 'node:module'

/** A bot that takes messages in a process of its own makers' parts, without a network. */
export interface Peer {
  name: string
  /** Resolves when the bot has done all that it does about a message. @returns whether it answered */
  hear(text: string): Promise<boolean>
  stop(): void
}

const home = new URL('package.json', import.meta.url)

/** @returns undefined when the peers are not installed */
export async function openPeers(keywords: readonly string[]): Promise<Peer[] | undefined> {
  if (!fs.existsSync(new URL('node_modules', home))) return undefined
  return [await openHubot(keywords), await openKoishi(keywords)]
}

interface Hubot {
  Robot: new (
    adapter: object,
    httpd: boolean,
    name: string,
  ) => {
    loadAdapter(): Promise<void>
    hear(pattern: RegExp, answer: (response: { send(text: string): Promise<void> }) => Promise<void>): void
    receive(message: object): Promise<void>
    shutdown(): void
  }
  Adapter: new (robot: object) => object
  TextMessage: new (user: object, text: string, id: string) => object
  User: new (id: string, options: { name: string; room: string }) => object
}

async function openHubot(keywords: readonly string[]): Promise<Peer> {
  process.env['HUBOT_LOG_LEVEL'] = 'silent'
  const path = createRequire(home).resolve('hubot')
  const { Robot, Adapter, TextMessage, User } = (await import(path)) as Hubot
  let answers = 0
  class Quiet extends Adapter {
    send(): Promise<void> {
      answers++
      return Promise.resolve()
    }
  }
  const robot = new Robot({ use: (its: object) => new Quiet(its) }, false, 'bot')
  await robot.loadAdapter()
  for (const [n, keyword] of keywords.entries())
    robot.hear(new RegExp(`^${keyword}$`), (response) => response.send(`答案${n}`))
  const user = new User('1', { name: '小明', room: '群' })
  let heard = 0
  return {
    name: 'hubot',
    async hear(text) {
      const before = answers
      await robot.receive(new TextMessage(user, text, String(heard++)))
      return answers > before
    },
    stop: () => robot.shutdown(),
  }
}

interface Koishi {
  Context: new () => {
    plugin(plugin: unknown): void
    command(name: string): { action(answer: () => string): void }
    start(): Promise<void>
    readonly mock: { client(user: string, channel: string): { receive(text: string): Promise<string[]> } }
  }
}

async function openKoishi(keywords: readonly string[]): Promise<Peer> {
  // Its ES modules do not load in Node.
  const load = createRequire(home)
  const { Context } = load('koishi') as Koishi
  const app = new Context()
  app.plugin((load('@koishijs/plugin-mock') as { default: unknown }).default)
  // A command is found in a map; a middleware for each keyword takes some thirty times as long.
  for (const [n, keyword] of keywords.entries()) app.command(keyword).action(() => `答案${n}`)
  await app.start()
  const client = app.mock.client('1', '2')
  return { name: 'koishi', hear: async (text) => (await client.receive(text)).length > 0, stop: () => undefined }
}
