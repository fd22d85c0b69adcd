// What is told to a person instead of doing what was asked for: nothing stays of it, members are told sparingly, admins always.
import { expect, it } from 'vitest'
import { z } from 'zod'
import { arg } from '../../../src/core/feature/arguments.ts'
import { feature } from '../../../src/core/feature/feature.ts'
import { table } from '../../../src/core/feature/tables.ts'
import { admin } from '../../../src/features/admin/admin.ts'
import { Chat } from '../../support/chat.ts'

const summary = { zh: '试', en: 'A try' }
const texts = { zh: { no: '{{what}}不行' }, en: { no: 'not {{what}}' } }
const what = arg.text({ zh: '东西', en: 'thing' }, { zh: '火锅', en: 'hotpot' })

const asker = feature({
  name: 'asker',
  summary,
  config: z.strictObject({}),
  tables: { tries: table(z.strictObject({ count: z.int() })) },
  words: { want: { say: ['我要'], rest: true } },
  texts,
  onWord: {
    want({ rest }, cx) {
      cx.tables.tries.set('all', { count: 1 })
      return cx.refuse('no', { what: rest })
    },
  },
  commands: {
    want: {
      summary,
      role: 'admin',
      args: { what },
      run({ what }, cx) {
        cx.tables.tries.set('all', { count: 1 })
        return cx.refuse('no', { what })
      },
    },
  },
})
const listener = feature({
  name: 'listener',
  summary,
  config: z.strictObject({}),
  texts: { zh: { heard: '听到了' }, en: { heard: 'heard' } },
  answer: (_said, cx) => cx.reply('heard'),
})
const open = () => new Chat({ features: [admin, asker, listener], members: ['小明', '小红'] })

it('takes back what the handler staged', () => {
  const chat = open()
  expect(chat.says('小明', '我要 火锅')).toEqual(['火锅不行'])
  expect(chat.tables.table('asker.tries').size()).toBe(0)
})

it('tells a member once a minute, and stays the answer even when it is not told', () => {
  const chat = open()
  chat.says('小明', '我要 火锅')
  expect(chat.says('小明', '我要 烤鱼')).toEqual([])
  expect(chat.says('小红', '我要 烤鱼')).toEqual(['烤鱼不行'])
  chat.after('1m')
  expect(chat.says('小明', '我要 烤鱼')).toEqual(['烤鱼不行'])
})

it('tells an admin every time', () => {
  const chat = open()
  expect(chat.admin('/want 火锅')).toEqual(['火锅不行'])
  expect(chat.admin('/want 烤鱼')).toEqual(['烤鱼不行'])
  expect(chat.tables.table('asker.tries').size()).toBe(0)
})
