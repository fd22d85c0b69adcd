// What every feature promises, whoever wrote it.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../src/config/load.ts'
import { CommandList } from '../../src/core/engine/commands.ts'
import { tablesOf } from '../../src/core/engine/engine.ts'
import { letterOf, numberIn, truthOf } from '../../src/core/feature/answers.ts'
import { spellingsOf } from '../../src/core/feature/words.ts'
import { namesIn } from '../../src/core/lib/render.ts'
import { features } from '../../src/features/index.ts'
import { Chat, settingsFrom } from '../support/chat.ts'

const required = { bot: { botName: '圈子' }, groups: { groups: [{ name: '群' }] } }
const odd = [
  '',
  ' ',
  '🎲',
  '👨‍👩‍👧‍👦'.repeat(20),
  '\u200b\u202e',
  '@'.repeat(2000),
  '{{name}}',
  '「'.repeat(500),
  '/'.repeat(300),
  '签到 '.repeat(1000),
  'a'.repeat(5000),
]

describe.each(features.map((feature) => [feature.name, feature] as const))('%s', (name, feature) => {
  it('has the same texts in both languages, with the same names to fill in', () => {
    expect(Object.keys(feature.texts.en).sort()).toEqual(Object.keys(feature.texts.zh).sort())
    for (const [key, zh] of Object.entries(feature.texts.zh)) {
      const en = feature.texts.en[key] ?? ''
      const cure = `${name}: the text ${key} has to use the same {{names}} in zh and en`
      expect([...namesIn(en)].sort(), cure).toEqual([...namesIn(zh)].sort())
    }
  })

  it('handles every word, job and question that it declares', () => {
    const handlers = (of: object | undefined) => Object.keys(of ?? {}).sort()
    expect(handlers(feature.onWord), `${name}: every name in words needs onWord`).toEqual(handlers(feature.words))
    expect(handlers(feature.onJob), `${name}: every name in jobs needs onJob`).toEqual([...(feature.jobs ?? [])].sort())
    expect(handlers(feature.onAnswer), `${name}: every name in questions needs onAnswer`).toEqual(
      [...(feature.questions ?? [])].sort(),
    )
  })

  it('claims no bare answer as a word', () => {
    for (const [key, word] of Object.entries(feature.words ?? {})) {
      for (const said of [...spellingsOf(word, 'zh'), ...spellingsOf(word, 'en')]) {
        const isAnswer = [numberIn(said, null), letterOf(said, 26), truthOf(said)].some((read) => read !== undefined)
        const cure = `${name}: „${said}“ as the word ${key} would take the answers to open questions; ask with cx.expects`
        expect(isAnswer, cure).toBe(false)
      }
    }
  })

  it('describes every setting', () => {
    const schema = z.toJSONSchema(feature.config, { io: 'input', target: 'draft-7', unrepresentable: 'any' })
    for (const [key, value] of Object.entries(schema.properties ?? {})) expect(value, key).toHaveProperty('description')
  })

  it('refuses a setting that it does not know', () => {
    expect(() => settingsFrom(features, { ...required, [name]: { noSuchSetting: 1 } })).toThrow(/noSuchSetting/)
  })

  it('ships a sample of its settings when it has any', () => {
    const schema = z.toJSONSchema(feature.config, { io: 'input', target: 'draft-7', unrepresentable: 'any' })
    const hasSettings = Object.keys(schema.properties ?? {}).length > 0
    expect(existsSync(`config/${name}.yaml`)).toBe(hasSettings)
  })
})

describe('all features together', () => {
  it('accept the shipped settings without a warning', () => {
    expect(loadConfig('config', features, Date.parse('2026-11-21'))).toMatchObject({ ok: true, warnings: [] })
  })

  it('share no table and no command', () => {
    expect(() => [tablesOf(features), new CommandList(features)]).not.toThrow()
  })

  it('stand any text, from members, friends and admins', () => {
    const g = new Chat()
    for (const text of odd) {
      g.says('小明', text)
      g.tells('小明', text)
      g.admin(text)
      g.admin(`/${text}`)
      g.says('小明', text, { kind: 'picture' })
      g.says('小明', '好', { quote: { name: text, text } })
    }
    for (const feature of features) {
      for (const { say } of Object.values(feature.words ?? {}).map((word) => ('say' in word ? word : { say: word }))) {
        for (const text of odd) g.says('小明', `${say[0] ?? ''} ${text}`)
      }
    }
    for (const { name } of new CommandList(features).for('owner')) for (const text of odd) g.admin(`/${name} ${text}`)
    g.joins(odd.filter((text) => text !== ''))
    g.after('1d')
    expect(g.errors).toEqual([])
  })

  it('decide the same from the same events and seed', () => {
    const evening = () => {
      const g = new Chat({ seed: 'evening' })
      for (const feature of features) {
        for (const word of Object.values(feature.words ?? {}))
          g.says('小明', ('say' in word ? word.say : word)[0] ?? '')
      }
      g.joins(['大刘', '可可'])
      g.after('1h')
      return g.entries
    }
    expect(evening()).toEqual(evening())
  })
})
