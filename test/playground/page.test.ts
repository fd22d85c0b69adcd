import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clock } from '../../src/core/lib/time.ts'
import { type Child, runNode } from '../../src/standin/child.ts'
import { ask, Viewer } from './viewer.ts'

// Long, because a loaded machine takes its time; on an idle one all of them together need about 30 s.
const patience = 600_000

const folder = mkdtempSync(join(tmpdir(), 'quanzi-page-'))
const config = join(folder, 'config')
const data = join(folder, 'data')
const control = 'group:控制群'
const group = 'group:鲜邻 · 团购福利1群'
let playground: Child
let url = ''
let page: Viewer

beforeAll(async () => {
  cpSync('config', config, { recursive: true })
  const welcome = join(config, 'welcome.yaml')
  writeFileSync(welcome, readFileSync(welcome, 'utf8').replace(/^gather: \d+$/m, 'gather: 1'))
  playground = runNode('src/cli.ts', { env: {}, args: ['playground', '--config', config, '--data', data] })
  await playground.says('/\n', patience)
  url = /http:\S+/.exec(playground.output())?.[0] ?? ''
  page = new Viewer(url)
  await page.open()
}, patience)

afterAll(async () => {
  page.close()
  await playground.kill()
  rmSync(folder, { recursive: true, force: true })
})

describe('the page keeps its door', () => {
  const own = () => new URL(url)
  const said = JSON.stringify({ do: 'say', chat: control, who: '老板', text: 'x' })
  const json = { 'content-type': 'application/json' }

  it('is at an address of this machine that nobody can guess, with all that browsers know against intruders', async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/)
    const { status, headers, body } = await ask(url, own().pathname)
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';(?!.*unsafe)/)
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' })
    expect(body.toString()).not.toMatch(/<script(?! type="module" src="page\.js"><\/script>)| on\w+=| style=/)
  })

  it('never makes markup of a text', async () => {
    const { body } = await ask(url, `${own().pathname}page.js`)
    expect(body.toString()).toContain('EventSource')
    expect(body.toString()).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|eval\(|Function\(/,
    )
  })

  it.each([
    ['no token', () => '/'],
    ['a wrong token', () => `/${'A'.repeat(32)}/`],
    ['a part of the token', () => own().pathname.slice(0, -2)],
    ['a file of the project', () => `${own().pathname}../../package.json`],
    ['a file, wrapped', () => `${own().pathname}%2e%2e/server.ts`],
    ['a file, through the pictures', () => `${own().pathname}media/..%2f..%2fserver.ts`],
    ['a picture that is not there', () => `${own().pathname}media/99`],
    ['a picture by a word', () => `${own().pathname}media/constructor`],
  ])('knows nothing of %s', async (_what, path) => {
    const { status, body } = await ask(url, path())
    expect(`${status} ${body}`).toBe('404 ')
  })

  it.each([
    ['under another name', () => [{ host: `evil.example:${own().port}` }]],
    ['for another port of this machine', () => [{ host: '127.0.0.1:1' }]],
    ['from another website', () => [{ origin: 'https://evil.example' }]],
    ['from a sandboxed frame', () => [{ origin: 'null' }]],
    ['from a picture of another website', () => [{ 'sec-fetch-site': 'cross-site' }]],
    ['with a form of another website', () => [{ origin: 'http://evil.example', ...json }, said]],
    ['from nowhere, to do something', () => [json, said]],
  ] as [string, () => [Record<string, string>, string?]][])('is not there %s', async (_what, how) => {
    const [headers, body] = how()
    const { pathname } = own()
    expect((await ask(url, body === undefined ? pathname : `${pathname}do`, headers, body)).status).toBe(403)
    expect((await ask(url, `${pathname}events`, headers, body)).status).toBe(403)
  })

  it('takes only what a page would ask for', async () => {
    const { origin, pathname } = own()
    const post = async (body: string, type = 'application/json') =>
      (await ask(url, `${pathname}do`, { origin, 'content-type': type }, body)).status
    expect(await post(said, 'text/plain')).toBe(415)
    expect(await post('{')).toBe(400)
    expect(await post('{"do":"say"}')).toBe(400)
    expect(await post(said.replace('x', ' '))).toBe(400)
    expect(await post(JSON.stringify({ do: 'clock', to: 'the end' }))).toBe(400)
    expect(await post(`"${'x'.repeat(13_000_000)}"`)).toBe(413)
  })
})

describe('the page plays with the real bot', () => {
  const says = (chat: string, who: string, text: string) => page.does({ do: 'say', chat, who, text })
  const bot = () => page.state?.bot
  /** The bot's first answer of that kind there. */
  const answers = (chat: string, text: RegExp) =>
    page.sees((entry) => entry.chat === chat && entry.who === bot() && text.test(entry.text))
  const chatOf = (id: string) => page.state?.chats.find((chat) => chat.id === id)
  const names = (id: string) => chatOf(id)?.people.map(({ name }) => name)

  it('shows the groups, the people and what there is to say', { timeout: patience }, async () => {
    await page.until(() => page.state?.phase === 'ready')
    expect(page.state?.chats.map(({ name }) => name).slice(0, 2)).toEqual(['控制群', '鲜邻 · 团购福利1群'])
    expect(names(group)).toEqual(['店长小李', '小明', '王阿姨', '陈晨', 'Momo'])
    const lines = (id: string) => chatOf(id)?.sections.flatMap(({ suggestions }) => suggestions)
    expect(lines(group)).toContainEqual(['', '签到', '每天领积分'])
    expect(lines('group:鲜邻 · 团长交流群')?.flat()).not.toContain('骰子')
    expect(lines(control)).toContainEqual(['', '/points add @小明 10 晒单', expect.stringContaining('给积分')])
    expect(page.state?.texts.send).toBe('发送')
  })

  it('lets everybody speak: admins, members, on the page and in the terminal', async () => {
    await says(control, '老板', '/claim CODE')
    await answers(control, /^认领成功/)
    await says(group, '小明', '签到')
    expect(await answers(group, /签到成功/)).toMatchObject({ name: '鲜邻小助手' })
    playground.hears('小明@机器人> 积分')
    await answers('person:小明', /^小明 现在有 5 分/)
    await playground.says('小明@鲜邻 · 团购福利1群: 签到')
    const { id } = await page.sees(({ chat, who }) => chat === 'person:小明' && who === '小明')
    expect(page.entries.filter((entry) => entry.id === id)).toHaveLength(1)
    playground.hears('签到')
    await playground.says('没看懂。说话要写成「小明> 签到」')
  })

  it('lets people come with a name like markup, get another, be quoted, and go', async () => {
    const who = '<img src=x onerror=alert(1)>'
    await page.does({ do: 'join', chat: group, who, qr: true })
    await answers(group, /^欢迎 @.*img/)
    expect(names(group)).toContain(who)
    expect((await page.asks({ do: 'join', chat: group, who, qr: false })).body.toString()).toContain('已经在')
    await page.does({ do: 'rename', chat: group, who, name: '阿花', everywhere: false })
    await page.until(() => names(group)?.includes('阿花') === true)
    await page.does({ do: 'say', chat: group, who, text: '谢谢', quote: { by: '小明', text: '签到' } })
    const thanks = await page.sees(({ text }) => text === '谢谢')
    expect(thanks).toMatchObject({ who, name: '阿花', quote: { name: '小明', text: '签到' } })
    await page.does({ do: 'leave', chat: group, who })
    await page.until(() => names(group)?.includes('阿花') === false)
    await page.does({ do: 'befriend', who: '周周', hello: '你好' })
    await page.sees(({ chat, text }) => chat === 'person:周周' && text.includes('你好'))
  })

  it('shows a picture, and hands out what only says that it is one', async () => {
    const dot = 'R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='
    const markup = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64')
    const bring = { do: 'bring', chat: group, who: '小明', kind: 'picture' }
    await page.does({ ...bring, name: 'dot.gif', base64: dot })
    await page.does({ ...bring, name: '../x.svg', base64: markup })
    const shown = await page.sees(({ attached }) => attached?.name === 'dot.gif')
    const other = await page.sees(({ attached }) => attached?.name === '../x.svg')
    expect(shown.attached?.picture).toEqual({ width: 1, height: 1 })
    expect(other.attached).not.toHaveProperty('picture')
    const media = (id: number) => ask(url, `${new URL(url).pathname}media/${id}`)
    const picture = await media(shown.id)
    expect(picture.headers['content-type']).toBe('image/gif')
    expect(picture.body.toString('base64')).toBe(dot)
    const { headers } = await media(other.id)
    expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' })
  })

  it('moves the clock forward, and the calendar posts on the way', async () => {
    await page.does({ do: 'clock', to: 'morning' })
    await page.until(() => page.clock.moving)
    await page.until(() => !page.clock.moving)
    const { at } = await answers(group, /^☀️/)
    expect(clock(at, 'Asia/Shanghai')).toBe('08:00')
    await says(group, '王阿姨', '签到')
    await answers(group, /王阿姨 签到成功/)
  })

  it('tells what became of an edit of the settings, as the console does', async () => {
    const file = join(config, 'dice.yaml')
    const before = readFileSync(file, 'utf8')
    writeFileSync(file, 'prize: 2\nprise: 3\n')
    await page.until(() => page.state?.notice?.wrong === true)
    expect(page.state?.notice?.text).toContain('config/dice.yaml 第 2 行第 1 列：「prise」')
    writeFileSync(file, before)
    await page.until(() => page.state?.notice?.wrong === false)
    expect(page.state?.notice?.text).toBe('配置已更新。')
  })

  it('tells a page that was cut off only what it missed, and takes everything down when told to stop', async () => {
    const again = new Viewer(url)
    const seen = page.entries.length - 1
    await again.open(seen)
    await again.until(() => again.entries.length > 0)
    await page.until(() => page.entries.length >= seen + again.entries.length)
    expect(again.entries).toEqual(page.entries.slice(seen, seen + again.entries.length))
    again.close()
    expect(existsSync(join(data, 'main.lock'))).toBe(true)
    expect(await playground.kill('SIGTERM')).toBe(0)
    expect(existsSync(join(data, 'main.lock')), 'the bot gave back its lock').toBe(false)
  })
})
