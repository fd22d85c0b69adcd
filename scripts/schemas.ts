// Writes the JSON Schemas of all config files into config/schema/, and which file has which for VS Code; `--check` only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { jsonSchemas } from '../src/config/json-schemas.ts'
import { features } from '../src/features/index.ts'

const folder = new URL('../config/schema/', import.meta.url)
const editor = new URL('../.vscode/settings.json', import.meta.url)
const schemas = jsonSchemas(features)
const editorBefore = readFileSync(editor, 'utf8')
const editorAfter = `${JSON.stringify(
  {
    ...(JSON.parse(editorBefore) as object),
    'yaml.schemas': Object.fromEntries(
      [...schemas.keys()].map((name) => [`config/schema/${name}`, `config/${name.replace('.json', '.yaml')}`]),
    ),
  },
  null,
  2,
)}\n`
const found = existsSync(folder) ? readdirSync(folder) : []
const surplus = found.filter((name) => !schemas.has(name))
const changed = [...schemas].filter(
  ([name, text]) => !found.includes(name) || readFileSync(new URL(name, folder), 'utf8') !== text,
)
if (process.argv.includes('--check')) {
  for (const [name] of changed)
    console.log(`config/schema/${name} is missing or not what the settings are: npm run fix`)
  for (const name of surplus) console.log(`config/schema/${name} belongs to no settings file: npm run fix`)
  if (editorBefore !== editorAfter) console.log('.vscode/settings.json names other schemas than there are: npm run fix')
  if (changed.length + surplus.length > 0 || editorBefore !== editorAfter) process.exitCode = 1
} else {
  mkdirSync(folder, { recursive: true })
  for (const name of surplus) rmSync(new URL(name, folder))
  for (const [name, text] of changed) writeFileSync(new URL(name, folder), text)
  if (editorBefore !== editorAfter) writeFileSync(editor, editorAfter)
  console.log(`${schemas.size} schemas, ${changed.length} written, ${surplus.length} removed`)
}
