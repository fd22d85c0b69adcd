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
import { type Child, runNode } from '../standin/child.ts'
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
/** When so long after an answer nothing came, nothing more will: three times the gap between two sends. */
const quietFor = 1_500
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
  over.signal.addEventListener('abort', () => world.outgoing.look())
  const stage = new Stage(world, settings, claimFile(dataFolder))
  const screen = new Screen()
  const note = (text: string) => screen.show({ head: '', text })
  const sent = world.outgoing.all

  const launch = () =>
    // Another puppet than the one for the web would go to the real WeChat.
    runNode(bot, {
      env: { ...weChat.env, WECHATY_PUPPET: '' },
      args: ['start', '--config', copy, '--data', dataFolder],
    })
  /** Waits until the bot knows its groups. @returns how it ended when it did not get so far */
  const ready = async (child: Child) => {
    over.signal.addEventListener('abort', () => void child.kill('SIGTERM'))
    try {
      await child.says(claimFile(dataFolder), patience)
      for (const { name } of settings.groups) await child.says(name, patience)
      return undefined
    } catch {
      return child.kill()
    }
  }
  const show = async () => {
    for (let shown = 0; !over.signal.aborted;) {
      await world.until(() => over.signal.aborted || sent.length > shown, forever)
      for (; shown < sent.length; shown++) {
        const one = sent[shown]
        if (one) screen.show(stage.tell(one), true)
      }
    }
  }
  /** Is there more than `count` from the bot within so many milliseconds? */
  const more = (count: number, within: number) =>
    world
      .until(() => over.signal.aborted || sent.length > count, within)
      .then(
        () => !over.signal.aborted,
        () => false,
      )
  /** Carries out a line; unless somebody `types`, waits until the bot is done with it. */
  const play = async (typed: string, types: boolean) => {
    const line = parseLine(typed)
    const before = sent.length
    try {
      stage.perform(line, (shown) => {
        // Who typed it sees it already.
        if (!types || shown.head === '') screen.show(shown)
      })
    } catch (error) {
      if (!(error instanceof Slip)) throw error
      return note(error.message)
    }
    if (line.do === 'wait') await pause(line.seconds * 1000, undefined, { signal: over.signal }).catch(() => undefined)
    if (types || !['send', 'join', 'leave', 'rename'].includes(line.do)) return
    await world.online(patience)
    let count = before
    while (await more(count, count === before ? answerWithin : quietFor)) count = sent.length
  }

  note(`${texts.title}\n${texts.starting}`)
  let child = launch()
  let failed = await ready(child)
  // A login that was kept belongs to an earlier local WeChat: the bot ends and wants to be started again.
  if (failed === 2 && !over.signal.aborted) {
    child = launch()
    failed = await ready(child)
  }
  let crashed = failed !== undefined && !over.signal.aborted
  if (failed === undefined) {
    void child.ended.then(() => {
      crashed = !over.signal.aborted
      over.abort()
    })
    note(texts.ready(settings.botName, settings.groups.length))
    note(`${texts.pace}\n${data === undefined ? texts.temporary : texts.kept(data)}`)
    const showing = show()
    const types = script === undefined && process.stdin.isTTY && process.stdout.isTTY
    if (types) note(texts.first(stage.boss, stage.control))
    const lines =
      script === undefined ? screen.lines(() => stage.here, over.signal) : readFileSync(script, 'utf8').split('\n')
    for await (const typed of lines) {
      if (over.signal.aborted) break
      await play(typed, types)
    }
    over.abort()
    await showing
  }

  if (crashed) console.error(`${texts.ended}\n${child.output()}`)
  const impatience = setTimeout(() => void child.kill(), endWithin)
  await child.kill('SIGTERM')
  clearTimeout(impatience)
  await watching.close()
  await weChat.close()
  rmSync(folder, { recursive: true, force: true })
  return crashed ? 1 : 0
}
