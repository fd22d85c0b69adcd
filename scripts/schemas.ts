// Writes the JSON Schemas of all config files into config/schema/, after a feature's settings changed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { jsonSchemas } from '../src/config/json-schemas.ts'
import { features } from '../src/features/index.ts'

const folder = new URL('../config/schema/', import.meta.url)
const schemas = jsonSchemas(features)
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (!schemas.has(name)) rmSync(new URL(name, folder))
for (const [name, text] of schemas) writeFileSync(new URL(name, folder), text)
console.log(`${schemas.size} schemas written`)
