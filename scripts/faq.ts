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

const options = {
  allowPositionals: true,
  options: {
    config: { type: 'string', default: process.env.QUANZI_CONFIG ?? 'config' },
    data: { type: 'string', default: process.env.QUANZI_DATA ?? 'data' },
    help: { type: 'boolean', short: 'h', default: false },
    yes: { type: 'boolean', default: false },
    replace: { type: 'boolean', default: false },
  },
} as const

const help = `npm run faq -- export 答案库.xlsx            导出答案库（.xlsx 或 .csv）
npm run faq -- import 答案库.xlsx            看导入会改什么，不写入
npm run faq -- import 答案库.xlsx --yes      写入；编号相同的改，没有的加
npm run faq -- import 答案库.xlsx --replace  同时删掉表格里没有的（也要加 --yes）
  --config 文件夹  配置在哪里（默认 config）　--data 文件夹  数据在哪里（默认 data）

npm run faq -- export|import FILE.xlsx|FILE.csv [--yes] [--replace] [--config FOLDER] [--data FOLDER]
An import first shows what it would change; --yes writes it, --replace also removes what the file lacks.`

const { values, positionals } = parsed()

function parsed() {
  try {
    return parseArgs(options)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`)
    process.exit(1)
  }
}
const [what, file] = positionals

try {
  if (values.help) console.log(help)
  else if (what === 'export' && file !== undefined) await exportTo(file)
  else if (what === 'import' && file !== undefined) await importFrom(file)
  else {
    console.error(help)
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
