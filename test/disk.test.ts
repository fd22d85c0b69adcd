// A disk that refuses writes: the process lives, nothing is booked, people are told, and all goes on by itself when the disk does.
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { DataFolder, realFiles, type FileCalls } from '../src/data-folder.ts'
import { SessionFile } from '../src/wechat/session.ts'
import { temporaryFolder } from './store/folder.ts'
import { BotRig } from './support/bot-rig.ts'

const codes = ['ENOSPC', 'EIO', 'EROFS', 'EDQUOT']
const failure = (code: string) => Object.assign(new Error(code), { code })
const calls = ['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync'] as const
const data = { PROP: { uin: '1', sid: 's', skey: 'k' }, CONF: {}, COOKIE: {}, user: {} }

/** Calls of which one fails while `code` is set. */
class Breakable {
  code: string | undefined
  broken: keyof FileCalls = 'openSync'
  readonly files: FileCalls = Object.fromEntries(
    Object.entries(realFiles).map(([name, call]) => [
      name,
      (...args: never[]): unknown => {
        if (this.code !== undefined && name === this.broken) throw failure(this.code)
        return (call as (...args: never[]) => unknown)(...args)
      },
    ]),
  ) as unknown as FileCalls
}

it.each(codes.flatMap((code) => calls.map((call) => [code, call] as const)))(
  '%s in %s costs the session nothing, and it is written as soon as the disk lets us',
  (code, call) => {
    const disk = new Breakable()
    const folder = new DataFolder(temporaryFolder(), { files: disk.files })
    const session = new SessionFile(folder)
    session.save(data)
    disk.broken = call
    disk.code = code
    session.save({ ...data, COOKIE: { newer: 'yes' } })
    session.keepCopy(data)
    expect(folder.trouble).toMatchObject({ code, failures: 2 })
    expect(session.load()?.data).toEqual(data)
    expect(folder.retry()).toBe(call === 'renameSync')
    disk.code = undefined
    expect(folder.retry()).toBe(true)
    expect(folder.trouble).toBeNull()
    expect(session.load()?.data.COOKIE).toEqual({ newer: 'yes' })
    folder.removeLeftovers()
    expect(fs.readdirSync(folder.path).sort()).toEqual(['quanzi-copy.memory-card.json', 'quanzi.memory-card.json'])
  },
)

it.each([
  ['ENOSPC', ['write']],
  ['EIO', ['flush']],
  ['EROFS', ['open', 'write', 'truncate']],
  ['EDQUOT', ['write', 'flush']],
] as const)('%s in the store’s %s books nothing and needs no restart', async (code, refused) => {
  const rig = new BotRig()
  await rig.start()
  rig.says('老板', '/points add @小明 10 晒单', '管理群')
  await rig.advance(20_000)
  rig.disk.before = (operation) => {
    if (refused.some((refusedOperation) => refusedOperation === operation)) throw failure(code)
  }
  rig.says('老板', '/points add @小明 5 帮忙', '管理群')
  await rig.advance(60_000)
  expect(rig.told.filter((line) => line.includes('数据存不下来'))).toHaveLength(1)
  rig.disk.before = () => {}
  await rig.advance(15_000)
  expect(rig.told.at(-1)).toContain('数据又能存了')
  rig.says('小明', '积分')
  await rig.advance(20_000)
  expect(rig.sent.at(-1)).toContain('小明 现在有 10 分')
})

it('full as the login comes does not end the bot: who is who waits until it can be kept', async () => {
  const rig = new BotRig()
  const fill = () => {
    rig.disk.before = (operation, file) => {
      if (operation === 'write' && file.includes('jsonl')) throw failure('ENOSPC')
    }
  }
  await rig.start({ beforeOnline: fill })
  rig.disk.before = () => {}
  await rig.advance(15_000)
  rig.says('小明', '积分')
  rig.says('老板', '/points add @小明 10 晒单', '管理群')
  await rig.advance(20_000)
  expect(rig.sent).toContain('福利群: 小明 现在有 0 分，今天得了 0 分。')
  expect(rig.sent.join('\n')).toContain('现在 10 分')
})

it('removes at the start what a killed run left of a session, and nothing else', () => {
  const folder = new DataFolder(temporaryFolder())
  const leftovers = ['quanzi.memory-card.json.4711', 'quanzi.memory-card.json.rejected', 'claim-code.0-0.tmp']
  const kept = ['quanzi.memory-card.json', 'main.json', 'main.lock', 'claim-code']
  for (const name of [...leftovers, ...kept]) fs.writeFileSync(folder.file(name), '{}')
  folder.removeLeftovers()
  expect(fs.readdirSync(folder.path).sort()).toEqual(kept.sort())
})

it('writes nothing any more when the folder is another process’s', async () => {
  let isOurs = true
  const folder = new DataFolder(temporaryFolder(), { isOurs: () => isOurs })
  expect(folder.write('claim', 'claim-code', 'ours')).toBe(true)
  isOurs = false
  expect(folder.write('claim', 'claim-code', 'not ours')).toBe(false)
  expect(await folder.append('messages', path.join('messages', 'a.jsonl'), 'x')).toBe(false)
  expect(fs.readdirSync(folder.path)).toEqual(['claim-code'])
  expect(fs.readFileSync(folder.file('claim-code'), 'utf8')).toBe('ours')
  expect(folder.trouble).toBeNull()
})
