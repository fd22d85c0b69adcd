// Care of the answer library: entries out of settings and tables, what is wrong with them, doubles, contradictions and test questions.
import type { Localised } from '../../core/types/localised.ts'
import { noGroup, type Problem, type Row } from '../../core/feature/settings-check.ts'
import { canonical } from '../../core/lib/text.ts'
import { entryTroubles, shareOf, givenVariables, templateTrouble, type Config, type Entry } from './entry.ts'
import { calibrate, type Calibration } from './levels.ts'
import { buildLibrary, find, narrowness, type Library } from './library.ts'
import type { Levels } from '../../search/calibration.ts'
import { search } from '../../search/ranker.ts'
import { thesaurusOf } from '../../search/synonyms.ts'
import { entriesOf } from './rows.ts'

/** An entry and where it stands. */
export interface Placed {
  entry: Entry
  path: (string | number)[]
  /** `faq/library.csv 第 3 行：`, or nothing where the path says it all. */
  place: Localised
}

export interface Prepared {
  library: Library
  calibration: Calibration
  placed: readonly Placed[]
  problems: readonly Problem[]
}

/** Size of all patterns together, in RE2's measure; 300 characters of the worst text then take about 25 ms. */
const mostPatternSize = 5000
/** Wordings as close as this are most likely the same question twice. */
const twinScore = 0.8

/** How a test question begins that is asked of the bot. */
const addressing = /^[@＠]\s*/

const nowhere: Localised = { zh: '', en: '' }

/** @param rows reads one of `config.tables` */
export function prepareLibrary(config: Config, rows: (file: string) => readonly Row[]): Prepared {
  const problems: Problem[] = []
  const all: Placed[] = config.entries.map((entry, i) => ({ entry, path: ['entries', i], place: nowhere }))
  for (const [i, file] of config.tables.entries()) {
    const placeOf = (line: number) => ({ zh: `${file} 第 ${line} 行：`, en: `${file} line ${line}: ` })
    const read = entriesOf(rows(file))
    for (const { line, message } of read.troubles)
      problems.push({ path: ['tables', i], message: joined(placeOf(line), message) })
    for (const { line, entry } of read.entries) all.push({ entry, path: ['tables', i], place: placeOf(line) })
  }
  const prepared = prepareEntries(all, config)
  return { ...prepared, problems: [...problems, ...prepared.problems] }
}

/** Quick replies that cannot be filled in. */
export function quickProblems({ quick, variables }: Config): Problem[] {
  return Object.entries(quick).flatMap(([name, text]) => {
    const message = templateTrouble(text, [...givenVariables, ...Object.keys(variables)])
    return message ? [{ path: ['quick', name], message }] : []
  })
}

/** What is wrong with entries is told; of the others the library is made. */
export function prepareEntries(
  all: readonly Placed[],
  { variables: own, synonyms, eager }: Pick<Config, 'variables' | 'synonyms' | 'eager'>,
): Prepared {
  const problems: Problem[] = []
  const variables = [...givenVariables, ...Object.keys(own)]
  const placed = all.filter((one) => {
    const troubles = entryTroubles(one.entry, variables)
    for (const { field, message } of troubles) problems.push(at(one, message, field))
    return troubles.length === 0
  })
  const unique = withUniqueIds(placed, problems)
  const entries = unique.map(({ entry }) => entry)
  const library = buildLibrary(entries, synonyms.length > 0 ? thesaurusOf(synonyms) : undefined)
  const calibration = calibrate(library, shareOf(eager))
  return { library, calibration, placed: unique, problems: [...problems, ...costlyPatterns(unique, library)] }
}

function withUniqueIds(placed: readonly Placed[], problems: Problem[]): Placed[] {
  const seen = new Map<string, Placed>()
  for (const one of placed) {
    const first = seen.get(one.entry.id)
    if (!first) {
      seen.set(one.entry.id, one)
      continue
    }
    const zh = `编号「${one.entry.id}」已经有了（问题「${first.entry.question}」），请换一个。`
    const en = `the id “${one.entry.id}” is taken already (by “${first.entry.question}”); choose another.`
    problems.push(at(one, { zh, en }, 'id'))
  }
  return [...seen.values()]
}

/** Every message of every group is held against all patterns, so together they must stay cheap. */
function costlyPatterns(placed: readonly Placed[], library: Library): Problem[] {
  const sizes = placed.map((one) => {
    const patterns = library.byId.get(one.entry.id)?.rules.patterns ?? []
    return { one, size: patterns.reduce((sum, pattern) => sum + pattern.programSize(), 0) }
  })
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  const [worst] = sizes.sort((a, b) => b.size - a.size)
  if (total <= mostPatternSize || !worst) return []
  const share = `${worst.size}/${total}`
  const zh = `正则一共太多或太复杂，长消息会变慢（${total}，最多 ${mostPatternSize}）。最复杂的是这一条（${share}），改成 all 和 any 更好。`
  const en = `the patterns are too many or too complex, long messages would be slow (${total}, at most ${mostPatternSize}). The worst is here (${share}); all and any would do better.`
  return [at(worst.one, { zh, en }, 'patterns')]
}

/** What is compared and tried takes its time in a long library. */
export interface Thoroughness {
  /** Most entries that are compared with each other for near doubles. */
  compared: number
  onProgress: (done: number, total: number) => void
}

/**
 * Files and groups that entries name, doubles and contradictions (warnings), and test questions that another entry answers, or none (a warning).
 */
export function careProblems(
  { library, placed, calibration }: Prepared,
  about: { fileTrouble: (name: string) => Localised | undefined; groups: readonly string[] },
  { compared, onProgress }: Thoroughness = { compared: 500, onProgress: () => {} },
): Problem[] {
  return [
    ...namedElsewhere(placed, about),
    ...sameWordings(placed, library),
    ...(placed.length > compared ? [] : nearWordings(placed, library, onProgress)),
    ...failedTests(placed, library, calibration.levels),
  ]
}

function namedElsewhere(
  placed: readonly Placed[],
  { fileTrouble, groups }: { fileTrouble: (name: string) => Localised | undefined; groups: readonly string[] },
): Problem[] {
  const known = new Set(groups)
  return placed.flatMap((one): Problem[] => {
    const files = one.entry.answer.flatMap((part) => (typeof part === 'string' ? [] : Object.values(part)))
    const troubles = files.flatMap((name) => fileTrouble(name) ?? [])
    const unknown = one.entry.groups.filter((group) => !known.has(group))
    return [
      // What stands in the settings themselves is checked there.
      ...(one.path[0] === 'tables' ? troubles.map((message) => at(one, message, 'answer')) : []),
      ...unknown.map((group) => at(one, noGroup(group, groups), 'groups')),
    ]
  })
}

/** The same wording or keyword in two entries that could both answer. */
function sameWordings(placed: readonly Placed[], library: Library): Problem[] {
  const found: Problem[] = []
  const before = new Map<string, Placed[]>()
  const wordings = new Map<string, { key: string; text: string }[]>(placed.map(({ entry }) => [entry.id, []]))
  for (const { index } of library.shelves)
    for (const { id, phrasing, reading } of index.wordings) wordings.get(id)?.push({ key: reading.key, text: phrasing })
  for (const one of placed) {
    const { id, keywords } = one.entry
    const own = [...(wordings.get(id) ?? []), ...keywords.map((text) => ({ key: canonical(text), text }))]
    for (const { key, text } of own.filter((first, i) => own.findIndex(({ key }) => key === first.key) === i)) {
      const others = before.get(key) ?? []
      const other = others.find((earlier) => meet(earlier.entry, one.entry))
      if (other) found.push(at(one, doubleText(one.entry, other.entry, text), 'question', 'warning'))
      others.push(one)
      before.set(key, others)
    }
  }
  return found
}

/** Questions that are all but the same. */
function nearWordings(placed: readonly Placed[], library: Library, onProgress: Thoroughness['onProgress']): Problem[] {
  const found: Problem[] = []
  const told = new Set<Entry>()
  for (const [done, one] of placed.entries()) {
    if (done % 100 === 0) onProgress(done, placed.length)
    const { entry } = one
    const near = library.shelves.flatMap(({ index }) => search(index, entry.question, 3))
    const others = near.flatMap(({ id, score }) => (score >= twinScore && score < 1 ? library.byId.get(id)?.entry : []))
    const other = others.find((that) => that && that !== entry && !told.has(that) && meet(entry, that))
    if (!other) continue
    told.add(entry)
    found.push(at(one, doubleText(entry, other, entry.question, { near: true }), 'question', 'warning'))
  }
  return found
}

/** Whether both could answer the same question in the same group on the same day, neither as an exception to the other. */
function meet(a: Entry, b: Entry): boolean {
  if (narrowness(a) !== narrowness(b)) return false
  const inSameGroup = a.groups.length === 0 || a.groups.some((group) => b.groups.includes(group))
  return inSameGroup && (a.from ?? '') <= (b.until ?? '9') && (b.from ?? '') <= (a.until ?? '9')
}

function doubleText(entry: Entry, other: Entry, wording: string, { near = false } = {}): Localised {
  const isSame = JSON.stringify(entry.answer) === JSON.stringify(other.answer)
  return isSame
    ? {
        zh: `「${wording}」和「${other.id}」${near ? '差不多' : '重复'}，答案也一样，可以合并成一条。`,
        en: `“${wording}” is ${near ? 'much like' : 'in'} “${other.id}”, with the same answer; make one entry of the two.`,
      }
    : {
        zh: `「${wording}」和「${other.id}」问的${near ? '很像' : '一样'}，答案却不一样，群友可能只看到其中一个。`,
        en: `“${wording}” asks ${near ? 'almost the same' : 'the same'} as “${other.id}”, but the answers differ; members may see only one of them.`,
      }
}

function failedTests(placed: readonly Placed[], library: Library, levels: Levels): Problem[] {
  return placed.flatMap((one) =>
    one.entry.tests.flatMap((test, i): Problem[] => {
      const answeredBy = testAnswer(library, levels, one.entry, test)
      if (answeredBy === one.entry.id) return []
      // The levels follow the library and the chat: what falls below them is no reason to refuse all that is written.
      const level = answeredBy === undefined ? 'warning' : undefined
      const problem = at(one, testText(test, one.entry.id, answeredBy), 'tests', level)
      return [one.path[0] === 'entries' ? { ...problem, path: [...problem.path, i] } : problem]
    }),
  )
}

/** The id of the entry that answers a test question where and when its entry is meant to; undefined for none. */
export function testAnswer(library: Library, levels: Levels, { groups, from, until }: Entry, test: string) {
  const addressed = addressing.test(test)
  const where = { groups: new Set(groups.slice(0, 1)), today: from ?? until ?? '', addressed }
  const { finding } = find(library, levels, test.replace(addressing, ''), where)
  return finding.kind === 'answer' ? finding.entry.id : undefined
}

function testText(test: string, id: string, answeredBy: string | undefined): Localised {
  if (answeredBy !== undefined) {
    return {
      zh: `自测「${test}」应该由「${id}」回答，现在由「${answeredBy}」回答。可以给「${id}」加一个问法。`,
      en: `the test “${test}” should be answered by “${id}”, but “${answeredBy}” answers it. Adding a wording to “${id}” may help.`,
    }
  }
  const wording = test.replace(addressing, '')
  return {
    zh: `自测「${test}」现在没有答案，还不够像。在「${id}」的 also 里加上「${wording}」就会答。`,
    en: `nothing answers the test “${test}” yet, it is not close enough. Add “${wording}” to “also” of “${id}”, and it will be answered.`,
  }
}

function at(one: Placed, message: Localised, field: keyof Entry, level?: 'warning'): Problem {
  const path = one.path[0] === 'entries' ? [...one.path, field] : one.path
  return { path, message: joined(one.place, message), ...(level && { level }) }
}

function joined(before: Localised, after: Localised): Localised {
  return { zh: before.zh + after.zh, en: before.en + after.en }
}
