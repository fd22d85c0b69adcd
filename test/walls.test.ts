// An import through a wall, put in on purpose, is refused by the lint rule with what to do instead.
import { Linter } from 'eslint'
import { expect, it } from 'vitest'

const { wallsRule } = (await import(new URL('../eslint.walls.js', import.meta.url).href)) as {
  wallsRule: NonNullable<NonNullable<Linter.Config['plugins']>[string]['rules']>[string]
}

/** What the rule says of an import in a file of `src/`. */
function told(file: string, source: string): string[] {
  const config = { plugins: { quanzi: { rules: { walls: wallsRule } } }, rules: { 'quanzi/walls': 'error' } } as const
  const filename = `src/${file}`
  return new Linter()
    .verify(`import { x } from '${source}'\nexport const y = x\n`, [{ files: ['**/*.ts'], ...config }], { filename })
    .map(({ message }) => message)
}

const cure =
  'Move what both need into a room below, or, if the wall is wrong, change it in eslint.walls.js and src/README.md'

it.each([
  ['features/poll.ts', '../core/engine/engine.ts', cure],
  ['features/poll.ts', 'node:fs', `src/features may not import the package node:fs. ${cure}`],
  ['features/poll.ts', './dice/dice.ts', 'A feature may not import another feature'],
  ['features/poll.ts', '../core/feature/house.ts', 'Only the features that speak about the others take the house'],
  ['core/lib/text.ts', '../feature/feature.ts', 'src/core/lib may not import src/core/feature/feature.ts'],
  ['store/store.ts', 'wechaty', 'src/store may not import the package wechaty'],
  ['outbox/outbox.ts', '../../scripts/schemas.ts', 'src/ imports nothing from outside it'],
  ['newroom/x.ts', '../core/types/ids.ts', 'src/newroom/x.ts is in no room: say in eslint.walls.js what it may import'],
])('src/%s may not import %s', (file, source, message) => {
  expect(told(file, source).join('\n')).toContain(message)
})

it('what is listed may be imported, and whatever lies in the same room', () => {
  expect(told('features/poll.ts', '../core/feature/feature.ts')).toEqual([])
  expect(told('features/poll.ts', 'zod')).toEqual([])
  expect(told('features/quiz/quiz.ts', './texts.ts')).toEqual([])
})
