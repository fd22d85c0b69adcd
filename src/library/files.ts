// The answer library of a config folder as a whole: read, compared with a table that is to be taken in, and written back.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isMap, isSeq, parseDocument } from 'yaml'
import { fileTrouble } from '../config/files.ts'
import { loadConfig } from '../config/load.ts'
import { problemsText } from '../config/problem.ts'
import type { Localised } from '../core/types/localised.ts'
import type { Problem } from '../core/feature/settings-check.ts'
import { careProblems, prepareEntries, type Placed } from '../features/faq/care.ts'
import { Config, type Entry } from '../features/faq/entry.ts'
import { entriesOf, rowsFrom, type RowEntry } from '../features/faq/rows.ts'
import { features } from '../features/index.ts'
import { readSheet, replaceFile, writeSheet } from './sheet.ts'

/** Where entries go that are new, when the settings name no table yet. */
const usualTable = 'faq/library.csv'

/** Thrown when a library or table cannot be used; the message is what the operator reads. */
export class LibraryRefused extends Error {
  override name = 'LibraryRefused'
}

/** A library as it stands in the config folder. */
export interface LibraryFiles {
  folder: string
  language: keyof Localised
  config: Config
  /** Names and tags of groups. */
  groups: string[]
  /** The entries of each of `config.tables`. */
  tables: { file: string; entries: Entry[] }[]
}

/** @throws LibraryRefused when the settings are not in order */
export async function readLibrary(folder: string): Promise<LibraryFiles> {
  const loaded = loadConfig(folder, features)
  const { language } = loaded
  if (!loaded.ok) throw new LibraryRefused(problemsText(loaded.problems, language))
  const config = Config.parse(loaded.settings.feature('faq', null).config)
  const tables = []
  for (const file of config.tables) {
    const sheet = await readSheet(join(folder, file))
    tables.push({ file, entries: 'rows' in sheet ? entriesOf(sheet.rows).entries.map(({ entry }) => entry) : [] })
  }
  const groups = loaded.settings.groups.flatMap(({ name, tags }) => [name, ...tags])
  return { folder, language, config, groups, tables }
}

/** All entries of a library, in its order. */
export function entriesIn({ config, tables }: LibraryFiles): Entry[] {
  return [...config.entries, ...tables.flatMap(({ entries }) => entries)]
}

/** @throws LibraryRefused with every row that is wrong */
export async function readTable(path: string, language: keyof Localised): Promise<RowEntry[]> {
  const sheet = await readSheet(path)
  if ('trouble' in sheet) throw new LibraryRefused(sheet.trouble[language])
  const { entries, troubles } = entriesOf(sheet.rows)
  if (troubles.length > 0)
    throw new LibraryRefused(
      troubles.map(({ line, message }) => rowPlace(line)[language] + message[language]).join('\n'),
    )
  return entries
}

/** What taking in a table would do; nothing is written yet. */
export interface Plan {
  added: Entry[]
  changed: { before: Entry; after: Entry }[]
  removed: Entry[]
  unchanged: number
  /** Errors: the table cannot be taken in. */
  problems: string[]
  warnings: string[]
  /** The library as it will be, and its tables that are rewritten. */
  next: LibraryFiles
  rewritten: LibraryFiles['tables']
}

/**
 * Compares a table with the library: an entry with a known id is changed where it stands, others are added to the first table.
 * @param replace what the table lacks is removed
 */
export function plan(
  library: LibraryFiles,
  rows: readonly RowEntry[],
  { replace, onProgress }: { replace: boolean; onProgress: (done: number, total: number) => void },
): Plan {
  const { language, folder, config } = library
  const before = new Map(entriesIn(library).map((entry) => [entry.id, entry]))
  const incoming = new Map(rows.map((row) => [row.entry.id, row]))
  const update = (entries: readonly Entry[]) =>
    entries.flatMap((entry) => incoming.get(entry.id)?.entry ?? (replace ? [] : [entry]))
  const added = [...incoming.values()].map(({ entry }) => entry).filter(({ id }) => !before.has(id))
  const tables = library.tables.map(({ file, entries }) => ({ file, entries: update(entries) }))
  const [first] = tables
  if (first) first.entries.push(...added)
  else if (added.length > 0) tables.push({ file: usualTable, entries: added })
  const next: LibraryFiles = { ...library, config: { ...config, entries: update(config.entries) }, tables }
  const known = [...incoming.values()].filter(({ entry }) => before.has(entry.id))
  const changed = known.flatMap(({ entry }) => {
    const old = before.get(entry.id)
    return old && !same(old, entry) ? [{ before: old, after: entry }] : []
  })
  const places = new Map(rows.map(({ line, entry }) => [entry.id, rowPlace(line)]))
  const placed = [
    ...entriesIn(next).map((entry): Placed => ({ entry, path: ['tables'], place: places.get(entry.id) ?? inLibrary })),
    // Rows whose id comes again: the last one was taken above, the others are told.
    ...rows.filter((row) => incoming.get(row.entry.id) !== row).map(toPlaced),
  ]
  const prepared = prepareEntries(placed, config)
  const about = { groups: library.groups, fileTrouble: (name: string) => fileTrouble(folder, name) }
  const found = [...prepared.problems, ...careProblems(prepared, about, { compared: Infinity, onProgress })]
  const texts = (list: readonly Problem[]) => list.map(({ message }) => message[language])
  return {
    added,
    changed,
    removed: replace ? [...before.values()].filter(({ id }) => !incoming.has(id)) : [],
    unchanged: known.length - changed.length,
    problems: texts(found.filter(({ level }) => level !== 'warning')),
    warnings: texts(found.filter(({ level }) => level === 'warning')),
    next,
    rewritten: tables.filter(({ entries }, i) => !sameList(entries, library.tables[i]?.entries ?? [])),
  }
}

/** Writes what a plan changes: tables as CSV, and in `faq.yaml` only the entries concerned, comments kept. */
export async function carryOut({ next, rewritten, changed, removed, added }: Plan): Promise<void> {
  const { folder, tables, config } = next
  const touched = new Set([...added, ...removed, ...changed.map(({ after }) => after)].map(({ id }) => id))
  for (const { file, entries } of rewritten) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    await writeSheet(path, rowsFrom(entries, next.language))
  }
  const path = join(folder, 'faq.yaml')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const files = tables.map(({ file }) => file)
  const after = withEntries(before, new Map(config.entries.map((entry) => [entry.id, entry])), touched, files)
  if (after !== before) replaceFile(path, after)
}

function withEntries(
  text: string,
  entries: ReadonlyMap<string, Entry>,
  touched: ReadonlySet<string>,
  tables: readonly string[],
): string {
  const document = parseDocument(text)
  let edited = false
  const list = document.get('entries')
  if (isSeq(list)) {
    const items = list.items.flatMap((item) => {
      const id = isMap(item) ? String(item.get('id')).trim() : ''
      if (!touched.has(id)) return [item]
      edited = true
      const entry = entries.get(id)
      if (!entry || !isMap(item)) return []
      const node = document.createNode(written(entry))
      if (item.commentBefore !== undefined) node.commentBefore = item.commentBefore
      if (item.spaceBefore !== undefined) node.spaceBefore = item.spaceBefore
      return [node]
    })
    list.items = items
  }
  const named: unknown = document.toJS()
  const had = typeof named === 'object' && named !== null && 'tables' in named ? named.tables : []
  if (tables.length > 0 && JSON.stringify(had) !== JSON.stringify(tables)) {
    document.set('tables', [...tables])
    edited = true
  }
  return edited ? document.toString({ lineWidth: 0 }) : text
}

/** As an operator would write it: without what is usual. */
function written(entry: Entry): Record<string, unknown> {
  const said = Object.entries(entry).filter(
    ([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
  )
  const [only, ...more] = entry.answer
  return { ...Object.fromEntries(said), answer: more.length === 0 ? only : entry.answer }
}

function same(a: Entry, b: Entry): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sameList(a: readonly Entry[], b: readonly Entry[]): boolean {
  return a.length === b.length && a.every((entry, i) => same(entry, b[i] ?? entry))
}

function sorted(entry: Entry) {
  return Object.entries(entry)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function toPlaced({ line, entry }: RowEntry): Placed {
  return { entry, path: ['tables'], place: rowPlace(line) }
}

const inLibrary: Localised = { zh: '现有的库里：', en: 'in the present library: ' }

function rowPlace(line: number): Localised {
  return { zh: `第 ${line} 行：`, en: `row ${line}: ` }
}
