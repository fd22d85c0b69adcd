// The kept messages: what is written is read again, whole days go, and damage costs a line only.
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { DataFolder } from '../../src/data-folder.ts'
import type { Said } from '../../src/core/types/event.ts'
import { MessageArchive, type KeptMessage } from '../../src/messages/archive.ts'
import { temporaryFolder } from '../store/folder.ts'

const day = 86_400_000
const morning = Date.parse('2026-11-21T02:00:00Z')

function open(days = 7) {
  const rig = { now: morning, days, failed: [] as unknown[], timers: [] as (() => void)[] }
  const data = new DataFolder(temporaryFolder())
  const folder = data.file('messages')
  const archive = new MessageArchive({
    data,
    days: () => rig.days,
    now: () => rig.now,
    later: (_ms, run) => {
      rig.timers.push(run)
      return () => {}
    },
    failed: (error) => rig.failed.push(error),
  })
  const says = (text: string, more: Partial<Said> = {}) =>
    archive.keep(
      {
        type: 'said',
        id: `${text}@1`,
        at: rig.now,
        group: 'g1',
        from: 'm7',
        kind: 'text',
        text,
        quote: null,
        addressed: false,
        ...more,
      },
      0,
    )
  const texts = async (from?: number) => {
    const all: KeptMessage[] = []
    for await (const ofDay of archive.read(from)) all.push(...ofDay)
    return all.map(({ text }) => text)
  }
  return { rig, data, folder, archive, says, texts }
}

it('keeps what was said in groups, a file a day, and nothing said to the bot alone', async () => {
  const { rig, folder, says, texts } = open()
  says('早上好')
  says('秘密', { group: null })
  rig.now += day
  says('在吗', { kind: 'link', description: '下面的字', link: 'https://a.example' })
  expect(await texts()).toEqual(['早上好', '在吗'])
  expect(await texts(rig.now)).toEqual(['在吗'])
  expect(fs.readdirSync(folder)).toEqual(['2026-11-21.jsonl', '2026-11-22.jsonl'])
  expect(fs.statSync(path.join(folder, '2026-11-21.jsonl')).mode & 0o777).toBe(0o600)
})

it('writes some seconds later, not one by one', async () => {
  const { rig, folder, archive, says } = open()
  says('一')
  says('二')
  expect([rig.timers.length, fs.existsSync(folder)]).toEqual([1, false])
  rig.timers[0]?.()
  await archive.close()
  expect(fs.readFileSync(path.join(folder, '2026-11-21.jsonl'), 'utf8').trim().split('\n')).toHaveLength(2)
})

it('deletes days that are over, and all of them when it is switched off', async () => {
  const { rig, says, texts } = open(2)
  says('第一天')
  await texts()
  rig.now += day
  says('第二天')
  expect(await texts()).toEqual(['第一天', '第二天'])
  rig.now += day
  says('第三天')
  expect(await texts()).toEqual(['第二天', '第三天'])
  rig.days = 0
  says('不留')
  expect(await texts()).toEqual([])
})

it('reads on after a half line, and survives a folder that cannot be written', async () => {
  const { data, folder, says, texts } = open()
  says('好的')
  await texts()
  fs.appendFileSync(path.join(folder, '2026-11-21.jsonl'), '{"id":"x","at":\n')
  says('还在')
  expect(await texts()).toEqual(['好的', '还在'])
  fs.rmSync(folder, { recursive: true })
  fs.writeFileSync(folder, 'no folder')
  says('丢了')
  await texts()
  expect(data.trouble).toMatchObject({ failures: 1 })
})

it('finds who said some words, or sent a picture, in a group: the latest first', async () => {
  const { rig, archive, says } = open()
  says('谁家的猫丢了', { from: 'm1', id: 'a' })
  says('谁家的猫丢了', { from: 'm2', group: 'g2', id: 'b' })
  says('', { from: 'm3', kind: 'picture', id: 'c' })
  rig.now += day
  says('谁家的猫\n丢了', { from: 'm4', id: 'd' })
  says('谁家的猫丢了吗', { from: 'm5', id: 'e' })
  const find = async (text: string, kind: 'picture' | null = null, most = 9) =>
    (await archive.find({ group: 'g1', text, kind }, most)).map(({ id }) => id)
  expect(await find('谁家的猫丢了')).toEqual(['d', 'a'])
  expect(await find('谁家的猫丢了', null, 1)).toEqual(['d'])
  expect(await find('', 'picture')).toEqual(['c'])
  expect(await find('没人说过')).toEqual([])
})
