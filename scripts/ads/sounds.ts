// Writes the table of characters by sound that the ad model reads: `npx tsx scripts/ads/sounds.ts`.
import { writeFileSync } from 'node:fs'
import { gb2312, soundGroupsOf } from './rewrites.ts'

const groups = [...soundGroupsOf(gb2312(0xb0, 0xf7)).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
let lines = ''
let line = ''
for (const [, characters] of groups) {
  const group = characters.join('')
  if (line.length + group.length > 100 && line !== '') {
    lines += `${line}\n`
    line = ''
  }
  line = line === '' ? group : `${line} ${group}`
}
const text = `// The characters of GB 2312 in groups of one sound without its tone, in the order of their pinyin.
// Written by scripts/ads/sounds.ts with the readings of pinyin-pro (MIT); the model's weights depend on the order.

export const soundGroups = \`
${lines}${line}
\`
`
writeFileSync(new URL('../../src/adfilter/sounds.ts', import.meta.url), text)
