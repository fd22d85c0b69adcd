// Alarms over a real HTTP server: the body as the template says, failures tried again and told, nothing of the address in an error.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Alarm } from '../../src/alarm/alarm.ts'
import { filled, webhook, type Channel } from '../../src/alarm/channels.ts'

const got: string[] = []
let answer: { status: number; body: string } = { status: 200, body: '{"code":0}' }
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    got.push(body)
    response.writeHead(answer.status).end(answer.body)
  })
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/s3cret`
})
afterAll(() => void server.close())

const hook = (): Channel =>
  webhook({
    url,
    headers: {},
    body: { msg_type: 'text', content: { text: '{{title}}\n{{text}}' }, list: ['{{text}}', 4] },
  })

it('fills in the template wherever the texts are named, whatever they hold', () => {
  const body = { a: '{{title}}', b: [{ c: '「{{text}}」' }], n: 1, t: true, z: null }
  expect(filled(body, { title: '"引号"\\', text: '一\n二 {{title}} $&' })).toEqual({
    a: '"引号"\\',
    b: [{ c: '「一\n二 {{title}} $&」' }],
    n: 1,
    t: true,
    z: null,
  })
})

it('posts JSON, and takes an error in the answer for one', async () => {
  await hook().send({ title: '圈子：出状况了', text: '磁盘满了' })
  expect(JSON.parse(got.at(-1) ?? '')).toEqual({
    msg_type: 'text',
    content: { text: '圈子：出状况了\n磁盘满了' },
    list: ['磁盘满了', 4],
  })
  for (const [status, body] of [
    [200, '{"errcode":310000,"errmsg":"keywords not in content"}'],
    [200, '{"StatusCode":9499,"StatusMessage":"Bad Request"}'],
    [404, 'no'],
  ] as const) {
    answer = { status, body }
    await expect(hook().send({ title: 'a', text: 'b' })).rejects.toThrow(/310000|9499|HTTP 404/)
  }
  answer = { status: 200, body: '{"code":200,"message":"success"}' }
  await hook().send({ title: 'a', text: 'b' })
  const nobody = webhook({ url: 'http://127.0.0.1:1/hook/s3cret', headers: {}, body: {} })
  await expect(nobody.send({ title: 'a', text: 'b' })).rejects.toThrow(/^(?!.*s3cret)/)
})

/** An alarm on a clock of its own. */
function rig(failures: number) {
  const state = {
    now: 0,
    sent: [] as string[],
    failed: [] as string[],
    kept: {} as Record<string, { text: string; at: number }>,
  }
  let timers: { at: number; run: () => void }[] = []
  let left = failures
  const channel: Channel = {
    kind: 'webhook',
    send({ title, text }) {
      if (left-- > 0) return Promise.reject(new Error('HTTP 500'))
      state.sent.push(`${title} ${text}`)
      return Promise.resolve()
    },
  }
  const open = () =>
    new Alarm({
      channels: () => [channel],
      again: () => 6 * 3_600_000,
      now: () => state.now,
      later(ms, run) {
        const timer = { at: state.now + ms, run }
        timers.push(timer)
        return () => void (timers = timers.filter((other) => other !== timer))
      },
      botName: () => '圈子',
      language: () => 'zh',
      kept: state.kept,
      keep: (raised) => void (state.kept = { ...raised }),
      failed: (name, error) => state.failed.push(`${name} ${(error as Error).message}`),
    })
  const pass = async (ms: number) => {
    const until = state.now + ms
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      timers = timers.filter((timer) => timer !== next)
      state.now = Math.max(state.now, next.at)
      next.run()
    }
    state.now = until
  }
  return { state, open, pass, restart: () => void (timers = []) }
}

it('tries again when a delivery fails, and says so when it gives up', async () => {
  const { state, open, pass } = rig(2)
  open().raise('disk', '磁盘满了')
  await pass(60_000)
  expect(state.sent).toEqual(['圈子：出状况了 磁盘满了'])
  const hopeless = rig(99)
  hopeless.open().raise('disk', '磁盘满了')
  await hopeless.pass(10 * 60_000)
  expect(hopeless.state.failed).toEqual(['webhook HTTP 500'])
})

it('remembers over a restart what it has told, tells it again after hours, and that it is over', async () => {
  const { state, open, pass, restart } = rig(0)
  open().raise('loggedOut', '要扫码')
  await pass(3_600_000)
  restart()
  const alarm = open()
  alarm.raise('loggedOut', '要扫码')
  await pass(4.9 * 3_600_000)
  expect(state.sent).toHaveLength(1)
  await pass(0.2 * 3_600_000)
  expect(state.sent).toEqual(['圈子：出状况了 要扫码', '圈子：还没好 要扫码'])
  alarm.well('loggedOut', '登录好了')
  await pass(24 * 3_600_000)
  expect(state.sent.slice(2)).toEqual(['圈子：恢复了 登录好了'])
  expect(state.kept).toEqual({})
})

it('does not flood: at most twenty in an hour', async () => {
  const { state, open, pass } = rig(0)
  const alarm = open()
  for (let n = 0; n < 50; n++) {
    alarm.raise('offline', '断线')
    alarm.well('offline')
  }
  await pass(1_000)
  expect(state.sent).toHaveLength(20)
})
