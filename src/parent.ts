// Notices that the process which started the bot is gone, so that no bot lives on unseen after its `npm start` was ended.
import { readFileSync } from 'node:fs'

/** Milliseconds between two looks: a new start must find the data folder free. */
const LOOK_EVERY = 250

/**
 * npm hands signals to a shell that does not pass them on, and hands on nothing when it is killed.
 * @param end called once, when the parent, or on Linux its parent, is another than at the start
 */
export function whenAbandoned(end: () => void): void {
  const before = ancestors()
  const timer = setInterval(() => {
    if (ancestors() === before) return
    clearInterval(timer)
    end()
  }, LOOK_EVERY)
  timer.unref()
}

function ancestors(): string {
  const parent = process.ppid
  return `${parent} ${parentOf(parent) ?? ''}`
}

/** From Linux's process table: `pid (name) state ppid …`; undefined elsewhere. */
function parentOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
  } catch {
    return undefined
  }
}
