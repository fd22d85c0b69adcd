// `npm run check`: runs every check, goes on after a failure, and ends with what failed and how to mend it.
import { spawnSync } from 'node:child_process'

interface Part {
  name: string
  command: string
  cure: string
}

const parts: readonly Part[] = [
  { name: 'types', command: 'tsc --noEmit', cure: 'Mend the first error first; later ones often follow from it.' },
  {
    name: 'lint',
    command: 'eslint . --max-warnings 0',
    cure: 'npm run fix mends what can be mended. An import through a wall: see eslint.walls.js and "Walls" in src/README.md.',
  },
  { name: 'format', command: 'prettier --check --log-level warn .', cure: 'npm run fix' },
  { name: 'unused', command: 'knip', cure: 'Delete what nobody uses: an export, a file, a package.' },
  { name: 'schemas', command: 'tsx scripts/schemas.ts --check', cure: 'npm run fix writes config/schema/ again.' },
  {
    name: 'settings',
    command: 'tsx src/cli.ts check',
    cure: 'The shipped files in config/ must load: the message names file, line and column.',
  },
  {
    name: 'tests',
    command: 'vitest run',
    cure: 'npx vitest run <file> runs one file; "How to read a red test" in CONTRIBUTING.md.',
  },
]

const wanted = process.argv.includes('--no-tests') ? parts.filter(({ name }) => name !== 'tests') : parts
const failed: Part[] = []
for (const part of wanted) {
  const begun = Date.now()
  process.stdout.write(`${part.name.padEnd(9)} `)
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', ...part.command.split(' ')], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  })
  const ok = status === 0
  console.log(`${ok ? 'ok' : 'FAILED'} (${Math.round((Date.now() - begun) / 1000)} s)`)
  if (ok) continue
  failed.push(part)
  console.log(`\n${stdout}${stderr}\n`)
}
if (failed.length > 0) {
  console.log('\nTo mend:')
  for (const { name, command, cure } of failed) console.log(`  ${name} (npx ${command}): ${cure}`)
  process.exitCode = 1
}
