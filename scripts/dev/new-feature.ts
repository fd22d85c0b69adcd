// `npm run new <name>`: a small feature that works: its file, its settings with their schema, its test, its line in the index.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const [name = ''] = process.argv.slice(2)
const index = 'src/features/index.ts'
const files = {
  feature: `src/features/${name}.ts`,
  settings: `config/${name}.yaml`,
  test: `test/features/${name}.test.ts`,
}

/** @returns why there can be no new feature of that name */
function trouble(): string | undefined {
  if (!/^[a-z][a-zA-Z]{1,19}$/.test(name))
    return 'Usage: npm run new <name>\nThe name is camelCase, such as poll or lostAndFound: 2 to 20 letters, the first one small.'
  if (['bot', 'groups', 'schema', 'index'].includes(name))
    return `config/${name}.yaml means something else: take another name.`
  const taken = [...Object.values(files), `src/features/${name}`].find((path) => existsSync(path))
  if (taken !== undefined) return `${taken} is there already: take another name, or change that feature.`
  return undefined
}

const feature = `// TODO Say in one line what ${name} is for.
import { z } from 'zod'
import { feature } from '../core/feature/feature.ts'
import { table } from '../core/feature/tables.ts'

export const ${name} = feature({
  // Also config/${name}.yaml, and the first part of its tables' names.
  name: '${name}',
  summary: { zh: '${name}', en: '${name}' },
  config: z.strictObject({
    perDay: z.int().min(1).max(20).default(3).describe('每人每天最多几次'),
  }),
  tables: {
    /** How often a member said the word on a day; the key is \`<day>/<member>\`. */
    counts: table(z.strictObject({ times: z.int().positive() })),
  },
  words: { say: ['${name}'] },
  texts: {
    zh: {
      said: '{{name}} 今天第 {{times}} 次。',
      enough: '{{name}} 今天已经 {{times}} 次啦，明天再来。',
      menu: '「{{say}}」试试看',
    },
    en: {
      said: '{{name}}: number {{times}} today.',
      enough: '{{name}} had {{times}} today. See you tomorrow.',
      menu: '“{{say}}” to try it',
    },
  },
  menu: (words, _config, text) => [text('menu', words)],

  onWord: {
    say({ from, group }, { config, tables, members, today, reply }) {
      const name = members.name(from, group)
      const key = \`\${today}/\${from}\`
      const times = (tables.counts.get(key)?.times ?? 0) + 1
      if (times > config.perDay) return reply('enough', { name, times: config.perDay })
      tables.counts.set(key, { times })
      return reply('said', { name, times })
    },
  },
})
`

const settings = `# yaml-language-server: $schema=schema/${name}.json
#
# TODO 用一两句话写给运营：这是什么，群友怎么用。

# 每人每天最多几次
perDay: 3
`

const test = `// TODO Say in one line what is promised of ${name}.
import { describe, expect, it } from 'vitest'
import { Chat } from '../support/chat.ts'

describe('${name}', () => {
  it('counts what a member says, until it is enough for today', () => {
    const g = new Chat({ config: { ${name}: { perDay: 2 } } })
    expect(g.says('小明', '${name}')).toEqual(['小明 今天第 1 次。'])
    expect(g.says('小明', '${name}！')).toEqual(['小明 今天第 2 次。'])
    expect(g.says('小明', '${name}')).toEqual(['小明 今天已经 2 次啦，明天再来。'])
    expect(g.says('阿花', '${name}')).toEqual(['阿花 今天第 1 次。'])
    g.tomorrow()
    expect(g.says('小明', '${name}')).toEqual(['小明 今天第 1 次。'])
  })
})
`

/** The index with one line more of each kind. */
function withLine(before: string): string {
  return before
    .replace('\nexport const features', `import { ${name} } from './${name}.ts'\n\nexport const features`)
    .replace(/\n\]\n/, `\n  ${name},\n]\n`)
}

function run(...command: string[]): boolean {
  return (
    spawnSync('npx', ['--no-install', ...command], { stdio: 'inherit', shell: process.platform === 'win32' }).status ===
    0
  )
}

const why = trouble()
if (why !== undefined) {
  console.log(why)
  process.exitCode = 1
} else {
  writeFileSync(files.feature, feature)
  writeFileSync(files.settings, settings)
  writeFileSync(files.test, test)
  writeFileSync(index, withLine(readFileSync(index, 'utf8')))
  const ok = run('tsx', 'scripts/schemas.ts') && run('tsx', 'scripts/dev/tables.ts') && run('vitest', 'run', files.test)
  console.log(
    ok
      ? `
It works. Next:
  ${files.feature}   what it does; its texts in both languages
  ${files.test}   the chat that shows it: npx vitest run ${files.test}
  ${files.settings}   what an operator reads
  ${index}   its place in the list, if it has to see messages before others
  npm run playground   say 「${name}」 in the group
  npm run check        before you send it; CONTRIBUTING.md tells how to read what is red`
      : '\nThe files are there, but something above is red: CONTRIBUTING.md tells how to read it.',
  )
  if (!ok) process.exitCode = 1
}
