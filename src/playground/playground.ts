// `quanzi playground`: the local WeChat, the real bot as a process of its own, and a page and a terminal to be everybody else in.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { claimFile } from '../claim-code.ts'
import { loadConfig } from '../config/load.ts'
import { problemsText } from '../config/problem.ts'
import { watchConfig } from '../config/watch.ts'
import type { Millis } from '../core/types/ids.ts'
import { nextAt } from '../core/lib/time.ts'
import { features } from '../features/index.ts'
import { startStandin } from '../standin/standin.ts'
import { World } from '../standin/world.ts'
import { BotProcess } from './bot-process.ts'
import { Chats } from './chats.ts'
import { copyConfig } from './config.ts'
import { parseLine } from './line.ts'
import { PlayPage } from './page.ts'
import { Screen } from './screen.ts'
import { type Shown, InputError, Stage } from './stage.ts'
import { playgroundTexts } from './texts.ts'

/** For the bot to fetch a message, on however slow a machine. Milliseconds, like all below. */
const patience = 180_000
/** How long a played line waits for an answer: longer than newcomers are gathered for one greeting. */
const answerWithin = 12_000
/** Silence (ms) after an answer from which no more is expected: twice the gap between two sends. */
const quietFor = 1_000
/** The longest that Node's timers can wait. */
const forever = 2 ** 31 - 1

/**
 * Plays until the input or the script ends, the bot does, or a signal comes; nothing is left behind but `data`.
 * @param script a file of lines to play instead of asking for them; then there is no page
 * @param data where the bot keeps its data; without it in a folder that is deleted at the end
 * @param port where the page is; without it, or 0, on any that is free
 * @returns the exit code
 */
export async function playground(
  configFolder: string,
  { script, data, port = 0 }: { script?: string; data?: string; port?: number },
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
  let ahead = 0
  const now = () => Date.now() + ahead
  const world = new World({ bot: settings.botName, now })
  const stage = new Stage(world, settings, claimFile(dataFolder))
  const chats = new Chats(world, stage, now)
  const screen = new Screen()
  const note = (text: string) => screen.show({ head: '', text })
  const show: Show = (shown, isSeen = false) => {
    if (!isSeen) screen.show(stage.inTerminal(shown), shown.who === world.bot.handle)
    chats.add(shown)
    page?.said()
  }
  let page: PlayPage | undefined
  if (script === undefined) {
    try {
      page = await PlayPage.open({ port, chats, stage, world, now, show, forward: (to) => bot.forward(to) })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
      console.error(texts.portTaken(port))
      rmSync(folder, { recursive: true, force: true })
      return 1
    }
  }

  const weChat = await startStandin({ world })
  note(`${texts.title}\n${texts.starting}`)
  if (page) note(texts.page(page.url))
  const watching = watchConfig(configFolder, () => {
    copyConfig(configFolder, copy)
    const again = loadConfig(configFolder, features)
    if (!again.ok) return
    stage.settings = again.settings
    page?.changed()
  })
  const bot = new BotProcess({
    env: weChat.env,
    configFolder: copy,
    dataFolder,
    onTime(at) {
      ahead = at - Date.now()
      page?.clock()
    },
    onTold(text) {
      if (chats.phase !== 'ready' || over.signal.aborted) return
      note(text)
      page?.told(text)
    },
  })
  let crashed = false
  void bot.ended.then(() => {
    crashed = !over.signal.aborted
    over.abort()
  })
  over.signal.addEventListener('abort', () => {
    world.outgoing.look()
    void bot.end()
  })

  if (await bot.isReady(settings.groups)) {
    chats.phase = 'ready'
    page?.changed()
    note(texts.ready(settings.botName, settings.groups.length))
    note(`${texts.pace}\n${data === undefined ? texts.temporary : texts.kept(data)}`)
    const play = new Play({ world, stage, show, now, forward: (to) => bot.forward(to), over: over.signal })
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

  if (crashed) console.error(`${texts.ended}\n${bot.lastWords()}`)
  note(texts.ending)
  await page?.close()
  await bot.end()
  await watching.close()
  await weChat.close()
  rmSync(folder, { recursive: true, force: true })
  return crashed ? 1 : 0
}

/** Shows what happens, in the terminal only when it is not seen there already. */
type Show = (shown: Shown, isSeen?: boolean) => void

interface PlayParts {
  world: World
  stage: Stage
  show: Show
  now: () => Millis
  /** Moves the bot's clock forward. */
  forward: (to: Millis) => void
  over: AbortSignal
}

/** Lines in, what everybody says out. */
class Play {
  readonly #parts: PlayParts
  readonly #world: World
  readonly #over: AbortSignal

  constructor(parts: PlayParts) {
    this.#parts = parts
    this.#world = parts.world
    this.#over = parts.over
  }

  /** Shows what the bot sends as it comes, until all is over. */
  async showSent(): Promise<void> {
    const { show, stage } = this.#parts
    const sent = this.#world.outgoing.all
    for (let shown = 0; !this.#over.aborted;) {
      await this.#more(shown, forever)
      for (const message of sent.slice(shown)) show(stage.tell(message))
      shown = sent.length
    }
  }

  /** Carries out a line; where nobody types and reads along, waits until the bot is done with it. */
  async line(typed: string, isTyped: boolean): Promise<void> {
    const line = parseLine(typed)
    const { show, stage } = this.#parts
    const { outgoing, account } = this.#world
    const before = outgoing.all.length
    try {
      // Who typed it sees it already.
      stage.perform(line, (shown) => show(shown, isTyped && shown.who !== null))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      show({ chat: null, who: null, text: error.message })
      return
    }
    if (line.do === 'wait') await pause(line.seconds * 1000, undefined, { signal: this.#over }).catch(() => undefined)
    if (line.do === 'clock') await this.#moveTo(line.time)
    // Of the rest WeChat tells the bot nothing.
    if (isTyped || (line.do !== 'send' && line.do !== 'join')) return
    await this.#world.until(() => this.#over.aborted || account.online, patience)
    let count = before
    while (await this.#more(count, count === before ? answerWithin : quietFor)) count = outgoing.all.length
  }

  /** Moves the bot's clock on to the next time it shows that, and waits for what happens until then. */
  async #moveTo(time: string): Promise<void> {
    const { now, forward, stage } = this.#parts
    const target = nextAt(now(), time, stage.settings.timezone)
    forward(target)
    while (now() < target && !this.#over.aborted) await pause(100)
    for (let count = -1; count < this.#world.outgoing.all.length && !this.#over.aborted;) {
      count = this.#world.outgoing.all.length
      await pause(quietFor)
    }
  }

  /** Whether the bot sends more than `count` within this time (ms); false when the playground ends. */
  #more(count: number, within: number): Promise<boolean> {
    return this.#world
      .until(() => this.#over.aborted || this.#world.outgoing.all.length > count, within)
      .then(
        () => !this.#over.aborted,
        () => false,
      )
  }
}
