// What `quanzi check` prints, the shipped files, and the JSON Schemas that editors read.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../src/config/check.ts'
import { jsonSchemas } from '../../src/config/json-schemas.ts'
import { features } from '../../src/features/index.ts'
import * as samples from './samples.ts'

const config = fileURLToPath(new URL('../../config/', import.meta.url))

describe('check', () => {
  it('says in one line what was found', () => {
    expect(samples.withFolder(samples.rightFiles, (folder) => checkConfig(folder, samples.features))).toEqual({
      text: '配置没有问题：3 个群，2 项功能，2 条内容。',
      ok: true,
    })
  })

  it('lists problems like a compiler, at most 20', () => {
    const many = Array.from({ length: 30 }, (_, i) => `key${i}: 1\n`).join('')
    const { text, ok } = samples.withFolder({ ...samples.rightFiles, 'faq.yaml': many }, (folder) =>
      checkConfig(folder, samples.features),
    )
    const lines = text.split('\n')
    expect(ok).toBe(false)
    expect(lines[0]).toMatch(/^config\/faq.yaml 第 1 行第 1 列：「key0」不认识/)
    expect(lines.slice(20)).toEqual(['还有 10 处，改好上面的再看。', '共 30 处要改。改好之前，机器人不会用这些配置。'])
  })
})

describe('the shipped folder', () => {
  it('has nothing to mend', () => {
    expect(checkConfig(config, features, Date.parse('2026-11-21'))).toEqual({
      text: expect.stringMatching(/^配置没有问题：/) as string,
      ok: true,
    })
  })

  it('has nothing to mend for who switches to English', () => {
    samples.withFolder({}, (folder) => {
      cpSync(config, folder, { recursive: true })
      const bot = readFileSync(`${folder}/bot.yaml`, 'utf8')
      writeFileSync(`${folder}/bot.yaml`, bot.replace(/^language: zh$/m, 'language: en'))
      expect(checkConfig(folder, features, Date.parse('2026-11-21'))).toEqual({
        text: expect.stringMatching(/^All well: /) as string,
        ok: true,
      })
    })
  })

  it('has the schema of every file, as it is now', () => {
    const committed = new Map(
      readdirSync(`${config}schema`).map((name) => [name, readFileSync(`${config}schema/${name}`, 'utf8')]),
    )
    expect(committed, 'run: npx tsx scripts/schemas.ts').toEqual(jsonSchemas(features))
  })

  it('names the schema in the first line of every file', () => {
    for (const name of readdirSync(config).filter((file) => file.endsWith('.yaml'))) {
      const [first] = readFileSync(config + name, 'utf8').split('\n')
      expect(first).toBe(`# yaml-language-server: $schema=schema/${name.replace('.yaml', '.json')}`)
    }
  })
})

describe('the JSON Schemas', () => {
  const schemas = jsonSchemas(samples.features)
  const read = (name: string) => JSON.parse(schemas.get(name) ?? '') as Record<string, Record<string, unknown>>

  it('know each key with its description, and no other', () => {
    const checkin = read('checkin.json')
    expect(Object.keys(checkin['properties'] ?? {})).toEqual([
      'enabled',
      'points',
      'streakBonus',
      'from',
      'secret',
      'words',
      'texts',
    ])
    expect(checkin['properties']?.['points']).toMatchObject({ description: '签到一次得几分', default: 5 })
    expect(checkin['additionalProperties']).toBe(false)
  })

  it('let a group write only a part', () => {
    const definition = read('groups.json')['definitions']?.['faq'] as { anyOf: { required?: string[] }[] }
    expect(definition.anyOf[0]).toEqual({ type: 'boolean' })
    expect(definition.anyOf[1]).not.toHaveProperty('required')
  })
})
