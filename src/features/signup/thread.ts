// WeChat's own 接龙: `#接龙`, a title, and numbered lines that members copy and extend. Reads one text, and puts several versions together.
import { canonical } from '../../core/lib/text.ts'

/** One numbered line: whose, and what follows the name. */
export interface ThreadLine {
  name: string
  rest: string
  /** The whole line without its number. */
  text: string
}

export interface Thread {
  title: string
  lines: ThreadLine[]
}

const head = /^[\s\p{P}]*[#＃]\s*接\s*[龙龍]\s*[:：]?\s*/u
/** In NFKC, in which ① and １ are 1. */
const numbered = /^\s*(?:(\d{1,3})\ufe0f?\u20e3?|\((\d{1,3})\))\s*[.、,:)\]]?\s*(?![.\d月点])(.*)$/u
const example = /^\s*(?:例|如|示例|格式)\s*[:：.]?\s/u
const mostLines = 500

/** A text as a thread; undefined when it is none. */
export function readThread(text: string): Thread | undefined {
  const begin = head.exec(text)
  if (!begin) return undefined
  const all = text.slice(begin[0].length).split(/\r?\n/).slice(0, mostLines)
  const title = (all.find((line) => line.trim() !== '') ?? '').trim().slice(0, 60)
  const first = all.findIndex((line, i) => i > 0 && isEntry(line) && Number(entryOf(line)?.no) === 1)
  const lines =
    first < 0
      ? []
      : all.slice(first).flatMap((line) => {
          const entry = example.test(line) ? undefined : entryOf(line)
          return entry && entry.text !== '' ? [lineOf(entry.text)] : []
        })
  return title === '' || numbered.test(title) ? undefined : { title, lines }
}

function isEntry(line: string): boolean {
  return !example.test(line) && entryOf(line) !== undefined
}

function entryOf(line: string): { no: number; text: string } | undefined {
  const [, plain, framed, text] = numbered.exec(line.normalize('NFKC')) ?? []
  return text === undefined ? undefined : { no: Number(plain ?? framed), text: text.trim() }
}

/** `小明 草莓2`, `小明：草莓2`, `小明草莓2` (then the name is the whole until a number begins). */
function lineOf(text: string): ThreadLine {
  const [, name, rest] = /^@?([^\s:,、+(（]{1,30})[\s:,、]*(.*)$/su.exec(text) ?? []
  return { name: name ?? text, rest: rest ?? '', text }
}

/** What is known of a thread: its lines now, and what its latest versions held, the newest last. */
export interface Known {
  lines: string[]
  versions: string[][]
}

/** What a new version makes of a thread: its lines, and those of them that the version lacks although nobody took them out. */
export interface Merged {
  lines: string[]
  kept: string[]
}

/** Who wrote a version, and who stands in a line. */
export interface Writers {
  ownerOf(line: string): string
  /** Whether a line is the writer's own, which he may change or take out. */
  isOwn(line: string): boolean
}

/**
 * Puts a new version into what is known. The newest wins; but what its writer could not know, as he extended an older version, stays:
 * a line that was added, changed or taken out meanwhile. A line of somebody else that is simply not there stays too.
 */
export function merge({ lines, versions }: Known, version: readonly string[], { ownerOf, isOwn }: Writers): Merged {
  const base = new Set(baseOf(versions, version).map(same))
  const here = new Set(version.map(same))
  const now = new Set(lines.map(same))
  const owners = new Map(version.map((line) => [ownerOf(line), line]))
  const replaced = new Map<string, string>()
  const kept: string[] = []
  const stale = new Set<string>()
  const stays = lines.filter((line) => {
    if (here.has(same(line))) return true
    const other = owners.get(ownerOf(line))
    if (other === undefined) {
      if (!isOwn(line)) kept.push(line)
      return !isOwn(line)
    }
    // Changed meanwhile, and the version only copies what was there before.
    const isStale = base.has(same(other)) && !base.has(same(line)) && !isOwn(line) && !now.has(same(other))
    if (isStale) stale.add(same(other))
    else if (!now.has(same(other))) replaced.set(same(line), other)
    return isStale || replaced.has(same(line))
  })
  const placed = stays.map((line) => replaced.get(same(line)) ?? line)
  const has = new Set(placed.map(same))
  const fresh = version.filter((line) => {
    const isTakenOut = base.has(same(line)) && !now.has(same(line)) && !isOwn(line)
    return !has.has(same(line)) && !stale.has(same(line)) && !isTakenOut
  })
  return { lines: [...new Map([...placed, ...fresh].map((line) => [same(line), line])).values()], kept }
}

/** The version that was copied: the one of which the least is missing here, then the one with the most in common, then the latest. */
function baseOf(versions: readonly string[][], version: readonly string[]): readonly string[] {
  const here = new Set(version.map(same))
  let best: readonly string[] = []
  let least = Infinity
  for (const one of versions) {
    const common = one.filter((line) => here.has(same(line))).length
    const distance = one.length - common - common / 1000
    if (distance <= least) [best, least] = [one, distance]
  }
  return best
}

/** The form in which lines are compared. */
export function same(line: string): string {
  return canonical(line).replace(/\s+/g, '')
}
