// `quanzi playground`: the local WeChat, the real bot as a process of its own, and a terminal to be everybody else in.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { claimFile } from '../claim-code.ts'
import { loadConfig } from '../config/load.ts'
import { problemsText } from '../config/problem.ts'
import { watchConfig } from '../config/watch.ts'
import { features } from '../features/index.ts'
import { runNode } from '../standin/child.ts'
import { startStandin } from '../standin/standin.ts'
import { World } from '../standin/world.ts'
import { copyConfig } from './config.ts'
import { parseLine } from './line.ts'
import { Screen } from './screen.ts'
import { Slip, Stage } from './stage.ts'
import { playgroundTexts } from './texts.ts'

/** For the bot to start and to fetch a message, on however slow a machine. Milliseconds, like all below. */
const patience = 180_000
/** How long a played line waits for an answer: longer than newcomers are gathered for one greeting. */
const answerWithin = 12_000
/** When so long after an answer nothing came, nothing more will: twice the gap between two sends. */
const quietFor = 1_000
/** The longest that Node's timers can wait. */
const forever = 2 ** 31 - 1
/** How long the bot may take to end by itself. */
const endWithin = 15_000

const bot = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../cli.ts' : '../cli.js', import.meta.url))

/**
 * Plays until the input or the script ends, the bot does, or a signal comes; nothing is left behind but `data`.
 * @param script a file of lines to play instead of asking for them
 * @param data where the bot keeps its data; without it in a folder that is deleted at the end
 * @returns the exit code
 */
export async function playground(
  configFolder: string,
  { script, data }: { script?: string; data?: string },
): Promise<number> {
  const loaded = loadConfig(configFolder, features)
  if (!loaded.ok) {
    console.error(problemsText(loaded.problems, loaded.language))
    return 1
  }
  const { settings } = loaded
  const texts = playgroundTexts[settings.language]
  if (script !== undefined && !existsSync(script)) {
    console.error(texts.noFile(script))
    return 1
  }

  const over = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => over.abort())
  const folder = mkdtempSync(join(tmpdir(), 'quanzi-playground-'))
  const dataFolder = data ?? join(folder, 'data')
  const copy = join(folder, basename(configFolder))
  copyConfig(configFolder, copy)
  const watching = watchConfig(configFolder, () => copyConfig(configFolder, copy))
  const world = new World({ bot: settings.botName })
  const weChat = await startStandin({ world })
  const stage = new Stage(world, settings, claimFile(dataFolder))
  const screen = new Screen()
  const note = (text: string) => screen.show({ head: '', text })

  note(`${texts.title}\n${texts.starting}`)
  const child = runNode(bot, {
    // Another puppet than the one for the web would go to the real WeChat.
    env: { ...weChat.env, WECHATY_PUPPET: '' },
    args: ['start', '--config', copy, '--data', dataFolder],
  })
  let crashed = false
  void child.ended.then(() => {
    crashed = !over.signal.aborted
    over.abort()
  })
  over.signal.addEventListener('abort', () => {
    world.outgoing.look()
    void child.kill('SIGTERM')
  })
  const isReady = (async () => {
    await child.says(claimFile(dataFolder), patience)
    for (const { name } of settings.groups) await child.says(name, patience)
    return true
  })().catch(() => false)

  if (await isReady) {
    note(texts.ready(settings.botName, settings.groups.length))
    note(`${texts.pace}\n${data === undefined ? texts.temporary : texts.kept(data)}`)
    const play = new Play(world, stage, screen, over.signal)
    const showing = play.showSent()
    const isTyped = script === undefined && process.stdin.isTTY && process.stdout.isTTY
    if (isTyped) note(texts.first(stage.boss, stage.control))
    const lines =
      script === undefined ? screen.lines(() => stage.here, over.signal) : readFileSync(script, 'utf8').split('\n')
    for await (const typed of lines) {
      if (over.signal.aborted) break
      await play.line(typed, isTyped)
    }
    over.abort()
    await showing
  } else crashed ||= !over.signal.aborted

  if (crashed) console.error([texts.ended, ...child.output().trimEnd().split('\n').slice(-20)].join('\n'))
  note(texts.ending)
  const impatience = setTimeout(() => void child.kill(), endWithin)
  await child.kill('SIGTERM')
  clearTimeout(impatience)
  await watching.close()
  await weChat.close()
  rmSync(folder, { recursive: true, force: true })
  return crashed ? 1 : 0
}

/** Lines in, what everybody says out. */
class Play {
  readonly #world: World
  readonly #stage: Stage
  readonly #screen: Screen
  readonly #over: AbortSignal

  constructor(world: World, stage: Stage, screen: Screen, over: AbortSignal) {
    this.#world = world
    this.#stage = stage
    this.#screen = screen
    this.#over = over
  }

  /** Shows what the bot sends as it comes, until all is over. */
  async showSent(): Promise<void> {
    const sent = this.#world.outgoing.all
    for (let shown = 0; !this.#over.aborted;) {
      await this.#more(shown, forever)
      for (const one of sent.slice(shown)) this.#screen.show(this.#stage.tell(one), true)
      shown = sent.length
    }
  }

  /** Carries out a line; where nobody types and reads along, waits until the bot is done with it. */
  async line(typed: string, isTyped: boolean): Promise<void> {
    const line = parseLine(typed)
    const { outgoing, account } = this.#world
    const before = outgoing.all.length
    try {
      this.#stage.perform(line, (shown) => {
        // Who typed it sees it already.
        if (!isTyped || shown.head === '') this.#screen.show(shown)
      })
    } catch (error) {
      if (!(error instanceof Slip)) throw error
      this.#screen.show({ head: '', text: error.message })
      return
    }
    if (line.do === 'wait') await pause(line.seconds * 1000, undefined, { signal: this.#over }).catch(() => undefined)
    // Of the rest WeChat tells the bot nothing.
    if (isTyped || (line.do !== 'send' && line.do !== 'join')) return
    await this.#world.until(() => this.#over.aborted || account.online, patience)
    let count = before
    while (await this.#more(count, count === before ? answerWithin : quietFor)) count = outgoing.all.length
  }

  /** Does the bot send more than `count` within so many milliseconds? No, when all is over. */
  #more(count: number, within: number): Promise<boolean> {
    return this.#world
      .until(() => this.#over.aborted || this.#world.outgoing.all.length > count, within)
      .then(
        () => !this.#over.aborted,
        () => false,
      )
  }
}
