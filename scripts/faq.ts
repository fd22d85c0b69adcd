// Takes the answer library to a spreadsheet and back:
//   npm run faq -- export FILE.xlsx|FILE.csv
//   npm run faq -- import FILE [--yes] [--replace]
// An import first shows what it would change; --yes writes it. --replace also removes what the file lacks.
import { parseArgs } from 'node:util'
import { rowsFrom } from '../src/features/faq/rows.ts'
import { carryOut, entriesIn, LibraryRefused, plan, readLibrary, readTable } from '../src/library/files.ts'
import { learnedEntries } from '../src/library/learned.ts'
import { planText, reportText, writeErrorText } from '../src/library/report.ts'
import { writeSheet } from '../src/library/sheet.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: 'string', default: process.env.QUANZI_CONFIG ?? 'config' },
    data: { type: 'string', default: process.env.QUANZI_DATA ?? 'data' },
    yes: { type: 'boolean', default: false },
    replace: { type: 'boolean', default: false },
  },
})
const [what, file] = positionals

try {
  if (what === 'export' && file !== undefined) await exportTo(file)
  else if (what === 'import' && file !== undefined) await importFrom(file)
  else {
    console.error('npm run faq -- export 答案库.xlsx\nnpm run faq -- import 答案库.xlsx [--yes] [--replace]')
    process.exitCode = 1
  }
} catch (error) {
  const told = error instanceof LibraryRefused ? error.message : writeErrorText(error)
  if (told === undefined) throw error
  console.error(told)
  process.exitCode = 1
}

async function exportTo(path: string) {
  const library = await readLibrary(values.config)
  const own = entriesIn(library)
  const known = new Set(own.map(({ id }) => id))
  const learned = (await learnedEntries(values.data)).filter(({ id }) => !known.has(id))
  await writeSheet(path, rowsFrom([...own, ...learned], library.language))
  console.log(reportText[library.language].exported(own.length, learned.length, path))
}

async function importFrom(path: string) {
  const library = await readLibrary(values.config)
  const text = reportText[library.language]
  const rows = await readTable(path, library.language)
  const planned = plan(library, rows, {
    replace: values.replace,
    onProgress: (done, total) => process.stderr.write(`\r${text.checking(done, total)}`),
  })
  process.stderr.write('\r\u001b[K')
  console.log(planText(planned))
  if (planned.problems.length > 0) {
    console.error(text.refused)
    process.exitCode = 1
  } else if (!values.yes) console.log(text.notYet)
  else {
    await carryOut(planned)
    console.log(text.written)
  }
}
