// Mistakes that a contributor makes, put in on purpose: the compiler refuses them, or a test says what to do.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CommandList } from '../../../src/core/engine/commands.ts'
import { tablesOf } from '../../../src/core/engine/engine.ts'
import {
  feature,
  featureParts,
  type CommunityContextOf,
  type GroupContextOf,
} from '../../../src/core/feature/feature.ts'
import { table } from '../../../src/core/feature/tables.ts'
import { Chat } from '../../support/chat.ts'

const parts = featureParts({
  config: z.strictObject({ points: z.int().default(5) }),
  tables: { days: table(z.strictObject({ day: z.string() })) },
  words: { hello: ['你好呀'] },
  texts: {
    zh: { greeting: '{{name}} 你好，{{count}} 次', bye: '再见' },
    en: { greeting: 'Hello {{name}}, {{count}} times', bye: 'Bye' },
  },
  jobs: ['remind'],
  questions: ['again'],
})
const bare = { name: 'sample', summary: { zh: '例子', en: 'A sample' } }

// Never called: each line that a directive marks has to be refused, or the compiler calls the directive unused.
function _refused(group: GroupContextOf<typeof parts>, community: CommunityContextOf<typeof parts>) {
  group.wake(group.now, 'remind', 'x')
  // @ts-expect-error a mistyped job
  group.wake(group.now, 'remined', 'x')
  // @ts-expect-error the same where it is taken back
  group.sleep('remined', 'x')
  // @ts-expect-error a mistyped word
  group.word('helo')
  // @ts-expect-error a mistyped question
  group.expects('agian', { group: group.group.id }, { kind: 'text' }, group.now)
  // @ts-expect-error a mistyped table
  group.tables.daze.get('x')
  // @ts-expect-error a mistyped setting
  void group.config.point
  group.reply('greeting', { name: '小明', count: 1 })
  // @ts-expect-error a mistyped text
  group.reply('greting', { name: '小明', count: 1 })
  // @ts-expect-error a variable is missing
  group.reply('greeting', { name: '小明' })
  // @ts-expect-error a mistyped variable
  group.text('greeting', { nmae: '小明', count: 1 })
  // @ts-expect-error all variables are missing
  group.refuse('greeting')
  // @ts-expect-error a variable that the text does not have
  group.text('bye', { name: '小明' })
  const inGroup = (cx: GroupContextOf<typeof parts>) => cx.group.id
  const atLarge = (cx: CommunityContextOf<typeof parts>) => cx.now
  inGroup(community.inGroup('g1'))
  // @ts-expect-error the community's context where a group's is wanted
  inGroup(community)
  // @ts-expect-error a group's context where the community's is wanted
  atLarge(group)
  feature({
    ...bare,
    ...parts,
    onJob: {
      remind: (_key, cx) => cx.say('control', cx.text('bye')),
      // @ts-expect-error a handler of a job that is not declared
      remined: () => undefined,
    },
  })
  // @ts-expect-error a declared job without its handler
  feature({ ...bare, ...parts, onJob: {} })
  feature({
    ...bare,
    config: parts.config,
    // @ts-expect-error a text that one language lacks
    texts: { zh: { hello: '你好', bye: '再见' }, en: { hello: 'Hello' } },
  })
}

const nothing = { config: z.strictObject({}), texts: { zh: {}, en: {} } }
const say = (word: string, effect: unknown) =>
  feature({ ...bare, ...nothing, words: { word: [word] }, onWord: { word: () => effect as never } })

describe('a mistake', () => {
  it('in a handler fails the test that meets it', () => {
    const broken = feature({
      ...bare,
      ...nothing,
      observe() {
        throw new Error('no such thing')
      },
    })
    const chat = new Chat({ features: [broken] })
    expect(() => chat.says('小明', '早')).toThrow(
      /sample threw at "said": no such thing\n\(mend it, or call chat\.mayThrow/,
    )
  })

  it('in an effect does, too', () => {
    const chat = new Chat({ features: [say('跳舞', { type: 'dance' })] })
    expect(() => chat.says('小明', '跳舞')).toThrow(/sample threw at "said".*type/s)
  })

  it('in the name of a job does where types were got round', () => {
    const sleepy = feature({
      ...bare,
      ...nothing,
      words: { word: ['叫我'] },
      onWord: { word: (_said, { now, wake }) => wake(now, 'nobody' as never, 'x') },
    })
    expect(() => new Chat({ features: [sleepy] }).says('小明', '叫我')).toThrow(
      'sample has no job nobody: name it in `jobs` and handle it in `onJob`',
    )
  })

  it('in a text does where types were got round', () => {
    const vague = feature({
      ...bare,
      config: z.strictObject({}),
      texts: { zh: { hi: '{{who}} 好' }, en: { hi: 'Hi {{who}}' } },
      words: { word: ['问好'] },
      onWord: { word: (_said, { reply }) => reply('hi', { whom: '小明' } as never) },
    })
    expect(() => new Chat({ features: [vague] }).says('小明', '问好')).toThrow('no value for {{who}}')
  })

  it('of claiming what another has is told with both names', () => {
    const command = { summary: bare.summary, role: 'helper' as const, args: {}, run: () => undefined }
    const first = feature({ ...nothing, ...bare, name: 'first', commands: { hello: command } })
    const second = feature({ ...nothing, ...bare, name: 'second', commands: { hello: command } })
    expect(() => new CommandList([first, second])).toThrow('both first and second claim /hello: rename one of them')
    const another = feature({
      ...nothing,
      ...bare,
      name: 'one',
      words: { word: ['你好呀'] },
      onWord: { word: () => [] },
    })
    const other = feature({
      ...nothing,
      ...bare,
      name: 'other',
      words: { word: ['你好呀'] },
      onWord: { word: () => [] },
    })
    expect(() => new Chat({ features: [another, other] })).toThrow(/你好呀.*(one|other)/s)
    const twice = feature({ ...bare, ...nothing, tables: { days: table(z.strictObject({ day: z.string() })) } })
    expect(() => tablesOf([twice, twice])).toThrow('table sample.days is declared twice')
  })
})
