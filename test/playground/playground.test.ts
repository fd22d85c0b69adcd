import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runNode } from '../../src/standin/child.ts'

// Long, because a loaded machine takes its time; on an idle one the longest of these needs about 20 s.
const patience = 240_000

const folder = mkdtempSync(join(tmpdir(), 'quanzi-play-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A copy, so that nobody's editing of the shipped files disturbs the conversation.
const config = join(folder, 'config')
cpSync('config', config, { recursive: true })
// Newcomers need not be gathered for long here.
const welcome = join(config, 'welcome.yaml')
writeFileSync(welcome, readFileSync(welcome, 'utf8').replace(/^gather: \d+$/m, 'gather: 1'))

const play = (...args: string[]) =>
  runNode('src/cli.ts', { env: {}, args: ['playground', '--config', config, ...args] })

/** What the bot said after each line of the script; greeting and dice are as chance and the shipped texts have them. */
const conversation: [line: RegExp, answer: RegExp][] = [
  [/^老板@控制群: \/claim [A-Z2-9]{10}$/, /^\S+@控制群: 认领成功/],
  [/^阿花 进了「鲜邻 · 团购福利1群」$/, /^\S+@鲜邻 · 团购福利1群: 欢迎 @阿花 来到「鲜邻 · 团购福利1群」/],
  [/^阿花@鲜邻 · 团购福利1群: 菜单$/, /^\S+@鲜邻 · 团购福利1群: 我是群助手机器人[^]*「骰子」[^]*「积分」/],
  [/^阿花@鲜邻 · 团购福利1群: 你们几点开门？$/, /^\S+@鲜邻 · 团购福利1群: .*早 8 点到晚 9 点/],
  [/^小明@鲜邻 · 团购福利1群: 签到$/, /^\S+@鲜邻 · 团购福利1群: .*签到成功，\+5 分/],
  [/^小明@鲜邻 · 团购福利1群: 骰子$/, /^\S+@鲜邻 · 团购福利1群: 小明 [⚀-⚅][1-6] (比我|和我) [⚀-⚅][1-6]/],
  [/^老板@控制群: \/points add 小明 10 晒单$/, /^\S+@控制群: 小明（m\d+）\+10 分，现在 1[57] 分。原因：晒单$/],
  [/^小明@鲜邻 · 团购福利1群: 积分$/, /^\S+@鲜邻 · 团购福利1群: 小明 现在有 1[57] 分，今天得了 [57] 分。/],
  [/^老板@控制群: \/status$/, /^\S+@控制群: 在线/],
  [/^老板@控制群: \/groups$/, /^\S+@控制群: g1 鲜邻 · 团购福利1群　6 人[^]*\n.*鲜邻 · 团长交流群　5 人/],
  [/^老板@控制群: \/points 小明$/, /^\S+@控制群: 小明（m\d+）现在 1[57] 分。\n\s+\+10　晒单/],
  [/^老板@控制群: \/log 3$/, /^\S+@控制群: #\d+ [^]*小明 \+10 分（晒单）/],
]

it('plays the conversation of the README', { timeout: patience }, async () => {
  const script = 'src/playground/scripts/first-day.txt'
  const playground = play('--script', script)
  expect(await playground.ended, playground.output()).toBe(0)

  const output = playground.output()
  const said = output.slice(output.indexOf('\n# ')).split(/\n(?! {4}|\n)/)
  const spoken = said.filter((line) => !/^(#|$)|^正在收拾/.test(line))
  const lines = readFileSync(script, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines).toHaveLength(conversation.length)
  expect(spoken, output).toHaveLength(conversation.length * 2)
  conversation.flat().forEach((pattern, i) => expect(spoken[i], output).toMatch(pattern))
})

it('talks with whoever types, and takes everything down when told to stop', { timeout: patience }, async () => {
  const data = join(folder, 'data')
  const playground = play('--data', data)
  playground.hears('签到')
  playground.hears('小明@机器人> 积分')
  await playground.says('没看懂。说话要写成「小明> 签到」', patience)
  await playground.says(' → 小明: 小明 现在有 0 分', patience)
  expect(existsSync(join(data, 'main.lock'))).toBe(true)
  expect(await playground.kill('SIGTERM')).toBe(0)
  expect(existsSync(join(data, 'main.lock')), 'the bot gave back its lock').toBe(false)
})

it('refuses a wrong config as the bot does', { timeout: patience }, async () => {
  const wrong = join(folder, 'wrong', 'config')
  cpSync('config', wrong, { recursive: true })
  writeFileSync(join(wrong, 'dice.yaml'), 'prize: 2\nprise: 3\n')
  const playground = play('--config', wrong)
  expect(await playground.ended).toBe(1)
  expect(playground.output()).toContain('config/dice.yaml 第 2 行第 1 列：「prise」')
})
