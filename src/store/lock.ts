// One process at a time: a lock file that a second instance respects and that a dead one's successor takes over.
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import { z } from 'zod'
import { codeOf } from './disk.ts'
import { StoreRefused } from './store.ts'
import { inBoth } from './wording.ts'

// Libraries judge by a heartbeat alone: a bot that crashed could not start again at once, and one that stalled would lose its lock.
// Here the process itself is looked at, and a heartbeat counts only where it cannot be seen (another container, another machine).

/** Milliseconds between two signs of life, and after how many without one a process that cannot be looked at counts as dead. */
const beat = 1_000
const deadAfter = 15_000

const Holder = z.object({
  pid: z.int().positive(),
  /** When the process began, in the kernel's terms; tells a process from a later one of the same pid. null: cannot be known here. */
  began: z.string().nullable(),
  /** What pids count in: a boot of a machine and a namespace in it. */
  scope: z.string(),
  since: z.int(),
  token: z.string(),
})
type Holder = z.infer<typeof Holder>

/** A lock that was taken. */
export interface Lock {
  /** Whether the lock file is still ours: false after somebody else took it for dead, as when this machine slept. */
  held(): boolean
  release(): void
}

/**
 * Takes the lock.
 * @param lost called once when the lock file is gone or somebody else's, within a beat: what lies beside it is not ours any more
 * @throws StoreRefused when a living process holds it, with its pid and since when
 */
export function takeLock(file: string, lost: () => void = () => {}): Lock {
  const me = { pid: process.pid, began: beginOf(process.pid), scope: scope(), since: Date.now(), token: randomUUID() }
  const mine = JSON.stringify(me)
  // Two starts may both find the same dead holder; each round at most one of them gets on.
  while (!created(file, mine)) {
    const found = look(file)
    if (found?.holder && isAlive(found.holder, found.beatAt)) throw refusal(found.holder)
    if (found) setAside(file, found.text, `${file}.${me.token}.tmp`)
  }
  // By content: a file system gives the inode of a removed file to the next one.
  const held = () => textOf(file) === mine
  const timer = setInterval(() => {
    const now = new Date()
    tolerating(() => {
      if (held()) return fs.utimesSync(file, now, now)
      clearInterval(timer)
      lost()
    })
  }, beat)
  timer.unref()
  return {
    held,
    release() {
      clearInterval(timer)
      tolerating(() => held() && fs.rmSync(file))
    },
  }
}

/** The process that holds a lock, if it is alive; undefined: nobody does. */
export function holderOf(file: string): number | undefined {
  const found = look(file)
  return found?.holder && isAlive(found.holder, found.beatAt) ? found.holder.pid : undefined
}

/** A disk that is read-only for a while must not end the bot: the worst is a lock that looks dead, and `held` sees what comes of that. */
function tolerating(act: () => unknown): void {
  try {
    act()
  } catch (error) {
    if (codeOf(error) === undefined) throw error
  }
}

/** false when there is a file already. */
function created(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

function look(file: string): { text: string; holder: Holder | undefined; beatAt: number } | undefined {
  const text = textOf(file)
  const stat = fs.statSync(file, { throwIfNoEntry: false })
  return text === undefined || !stat ? undefined : { text, holder: parse(text), beatAt: stat.mtimeMs }
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** undefined: not a complete lock of this program, so nobody holds it (a loss of power can empty a file). */
function parse(text: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function isAlive({ pid, began, scope: theirs }: Holder, beatAt: number): boolean {
  const beating = Math.abs(Date.now() - beatAt) < deadAfter
  if (theirs !== scope()) return beating
  if (!isRunning(pid)) return false
  return began === null ? beating : began === beginOf(pid)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, but under another user.
    return codeOf(error) === 'EPERM'
  }
}

/** Field 22 of /proc/<pid>/stat, the start time in clock ticks since boot (man 5 proc); the second field may contain spaces. */
function beginOf(pid: number): string | null {
  const stat = readProc(`/proc/${pid}/stat`)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

function scope(): string {
  const boot = readProc('/proc/sys/kernel/random/boot_id')
  if (boot === null) return os.hostname()
  return `${boot.trim()} ${fs.readlinkSync('/proc/self/ns/pid')}`
}

/** null where there is no /proc (macOS, Windows) or no such process. */
function readProc(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** Removes a dead holder's lock, but never one that somebody took in the meantime. */
function setAside(file: string, dead: string, aside: string): void {
  try {
    fs.renameSync(file, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (fs.readFileSync(aside, 'utf8') === dead) fs.rmSync(aside)
  else fs.renameSync(aside, file)
}

function refusal({ pid, since, scope: theirs }: Holder): StoreRefused {
  const when = new Date(since).toLocaleString('sv-SE')
  const elsewhere = theirs !== scope()
  return new StoreRefused(
    inBoth(
      `这个数据文件夹正被另一个 quanzi 使用：进程 ${pid}，${when} 启动。请先停掉它再启动。` +
        (elsewhere ? '（它在另一个容器或机器上；如果确定已经停了，等 15 秒再试。）' : ''),
      `Another quanzi is using this data folder: process ${pid}, started ${when}. Stop it first, then start again.` +
        (elsewhere
          ? ' (It runs in another container or on another machine; if it has surely stopped, wait 15 seconds and try again.)'
          : ''),
    ),
  )
}
