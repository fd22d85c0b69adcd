// Removals by the real bot against the local WeChat: one that works, one that WeChat only claims to have done, one that it refuses.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FileBox } from 'file-box'
import { runNode, type Child } from '../../../src/standin/child.ts'
import { startStandin, type Standin } from '../../../src/standin/standin.ts'
import { World } from '../../../src/standin/world.ts'
import { ads } from './order-chat.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanzi-removal-'))
const config = path.join(folder, 'config')
const data = path.join(folder, 'data')
const world = new World({ bot: '圈子' })
let weChat: Standin
let bot: Child

const told = async (text: RegExp) => {
  const sent = await world.sent((one) => one.kind === 'text' && text.test(one.text), 150_000)
  return sent.kind === 'text' ? sent.text : ''
}

beforeAll(async () => {
  fs.mkdirSync(config)
  const files = {
    'bot.yaml': 'botName: 圈子\nsending: { gapSeconds: 0.5, jitterSeconds: 0, quiet: false }\n',
    'groups.yaml': 'groups:\n  - name: 甲群\n  - name: 乙群\n  - name: 丙群\n',
    'order.yaml': 'steps:\n  - do: remove\n',
  }
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(config, name), text)
  world.friend('老板')
  for (const name of ['店长', '王五', '赵六', '钱七', '小明']) world.person(name)
  world.group('甲群', { botOwner: true, members: ['王五', '老板'] })
  world.group('乙群', { botOwner: true, members: ['赵六', '老板'] })
  world.group('丙群', { owner: '店长', members: ['钱七', '老板'] })
  world.group('管理群', { owner: '老板', members: [] })
  weChat = await startStandin({ world })
  bot = runNode('src/cli.ts', {
    env: { ...weChat.env, QUANZI_CONFIG: config, QUANZI_DATA: data, WECHATY_PUPPET: '' },
    args: ['start'],
  })
  await bot.says('/claim ')
  world.says('老板', '管理群', `/claim ${fs.readFileSync(path.join(data, 'claim-code'), 'utf8').trim()}`)
  await told(/认领成功/)
})

afterAll(async () => {
  await bot.kill()
  await weChat.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

it('believes the member list only', async () => {
  world.says('王五', '甲群', ads[0])
  await told(/王五（m\d+）已不在「甲群」/)
  expect(world.people.get('王五')?.groups.size).toBe(0)

  world.kick = 'lies'
  world.says('赵六', '乙群', ads[1])
  await told(/我没能把 赵六（m\d+）移出「乙群」/)
  world.kick = 'works'
  world.says('钱七', '丙群', ads[2])
  await told(/我没能把 钱七（m\d+）移出「丙群」/)

  world.says('老板', '管理群', '/groups')
  expect(await told(/甲群.*能移出成员/)).toMatch(
    /甲群.* · 能移出成员\n.*乙群.* · 不能移出成员.*\n.*丙群.* · 不能移出成员/,
  )

  world.leaves('赵六', '乙群')
  await told(/赵六（m\d+）已不在「乙群」/)
})

it('sees the QR code in a newcomer’s picture', async () => {
  world.joins('小明', '甲群')
  world.sendsPicture('小明', '甲群', await FileBox.fromQRCode('https://u.example.net/AbC').toBuffer())
  expect(await told(/u\.example\.net/)).toContain('图片里的二维码')
})
