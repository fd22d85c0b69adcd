// The bot as an operator starts it, against the local WeChat: killed and started again without a new QR code, no point lost.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runNode, type Child } from '../src/standin/child.ts'
import { startStandin, type Standin } from '../src/standin/standin.ts'
import { World } from '../src/standin/world.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quanzi-bot-'))
const config = path.join(folder, 'config')
const data = path.join(folder, 'data')
const world = new World({ bot: '圈子' })
let weChat: Standin
let bot: Child

function start(): Child {
  const env = { ...weChat.env, QUANZI_CONFIG: config, QUANZI_DATA: data, WECHATY_PUPPET: '' }
  return runNode('src/cli.ts', { env, args: ['start'] })
}

const answer = async (text: string) => {
  const sent = await world.sent((message) => message.kind === 'text' && message.text.includes(text))
  return sent.kind === 'text' ? sent.text : ''
}

beforeAll(async () => {
  fs.mkdirSync(config)
  fs.writeFileSync(
    path.join(config, 'bot.yaml'),
    'botName: 圈子\nsending: { gapSeconds: 0.5, jitterSeconds: 0, quiet: false }\n',
  )
  fs.writeFileSync(path.join(config, 'groups.yaml'), 'groups:\n  - name: 福利群\n')
  world.friend('老板')
  world.person('店长')
  world.person('小明')
  world.group('福利群', { owner: '店长', members: ['小明', '老板'] })
  world.group('管理群', { owner: '老板', members: [] })
  weChat = await startStandin({ world })
  bot = start()
  await bot.says('/claim ')
})

afterAll(async () => {
  await bot.kill()
  await weChat.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

it('lives on over kill -9: same login, same rights, same points', async () => {
  const codeFile = path.join(data, 'claim-code')
  expect(fs.statSync(codeFile).mode & 0o777).toBe(0o600)
  world.says('老板', '管理群', `/claim ${fs.readFileSync(codeFile, 'utf8').trim()}`)
  await answer('认领成功')
  world.says('老板', '管理群', '/points add @小明 10 晒单')
  await answer('现在 10 分')
  const { logins } = world.account
  const asked = world.requests.jslogin

  await bot.kill('SIGKILL')
  bot = start()
  await bot.says('已登录')
  world.says('小明', '福利群', '积分')
  expect(await answer('小明 现在有')).toContain('10 分')
  world.says('老板', '管理群', '/points add @小明 5 帮忙')
  await answer('现在 15 分')
  expect(world.account.logins).toBe(logins)
  expect(world.requests.jslogin).toBe(asked)
})

it('refuses a second instance on the same data, and keeps the login when it is stopped', async () => {
  const second = start()
  await second.says(String(bot.pid))
  expect(await second.ended).toBe(1)
  const { logins } = world.account
  expect(await bot.kill('SIGTERM')).toBe(0)
  bot = start()
  await bot.says('已登录')
  expect(world.account.logins).toBe(logins)
})

it('ends at once, with one sentence, when the data folder is taken from it', async () => {
  const lock = path.join(data, 'main.lock')
  fs.writeFileSync(lock, '{}')
  expect(await bot.ended).toBe(3)
  expect(bot.output().match(/已经不归这个进程了/g)).toHaveLength(1)
  expect(fs.readFileSync(lock, 'utf8')).toBe('{}')
  bot = start()
  await bot.says('已登录')
})

it.skipIf(process.platform === 'win32')(
  'ends when the npm that started it is killed',
  async () => {
    await bot.kill('SIGTERM')
    const env = { ...process.env, ...weChat.env, QUANZI_CONFIG: config, QUANZI_DATA: data, WECHATY_PUPPET: '' }
    const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const closed = once(npm, 'close')
    let output = ''
    for await (const chunk of npm.stdout.setEncoding('utf8')) {
      output += chunk as string
      // The pipe ends only when the bot behind npm has let go of it, too.
      if (output.includes('已登录') && npm.exitCode === null) npm.kill('SIGKILL')
    }
    await closed
    expect(output).toContain('已停止')
    expect(fs.existsSync(path.join(data, 'main.lock'))).toBe(false)
  },
  600_000,
)
