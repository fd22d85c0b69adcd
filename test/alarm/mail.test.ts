// Alarms by mail, over a real SMTP conversation: who it goes to, what it says, and a server that refuses.
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { mail } from '../../src/alarm/channels.ts'

/** What the server heard, line by line, and what it answers to `DATA`'s end. */
let heard: string[] = []
let verdict = '250 queued'

/** As much of RFC 5321 as a client needs to deliver one message. */
function converse(socket: Socket): void {
  let isData = false
  const answer = (line: string): string => {
    if (/^EHLO/i.test(line)) return '250-localhost\r\n250 AUTH PLAIN'
    if (/^AUTH/i.test(line)) return '235 welcome'
    if (/^DATA/i.test(line)) {
      isData = true
      return '354 go on'
    }
    return /^QUIT/i.test(line) ? '221 bye' : '250 ok'
  }
  socket.write('220 localhost\r\n')
  let rest = ''
  socket.on('data', (chunk) => {
    const lines = `${rest}${chunk.toString()}`.split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      heard.push(line)
      if (isData && line !== '.') continue
      socket.write(`${isData ? verdict : answer(line)}\r\n`)
      if (line === '.') isData = false
    }
  })
  socket.on('error', () => {})
}

const server = createServer(converse)
beforeEach(async () => {
  heard = []
  verdict = '250 queued'
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())))

const channel = () => {
  const { port } = server.address() as AddressInfo
  const people = { user: 'bot@example.com', from: 'bot@example.com', to: ['a@example.com', 'b@example.com'] }
  return mail({ host: '127.0.0.1', port, secure: false, ...people }, 'Pa55')
}

it('delivers title and text to everybody who is named, after logging in', async () => {
  await channel().send({ title: '圈子：出状况了', text: '磁盘满了，什么都没有记下。' })
  expect(heard.filter((line) => line.startsWith('RCPT'))).toEqual([
    'RCPT TO:<a@example.com>',
    'RCPT TO:<b@example.com>',
  ])
  const [, login = ''] = /^AUTH PLAIN (\S+)/.exec(heard.find((line) => line.startsWith('AUTH')) ?? '') ?? []
  expect(Buffer.from(login, 'base64').toString()).toBe('\0bot@example.com\0Pa55')
  const message = heard.slice(heard.indexOf('DATA') + 1, heard.indexOf('.'))
  const [, subject = ''] = /=\?UTF-8\?B\?([^?]*)\?=/i.exec(message.join('')) ?? []
  expect(Buffer.from(subject, 'base64').toString()).toContain('圈子')
  const body = Buffer.from(message.slice(message.indexOf('') + 1).join(''), 'base64').toString()
  expect(body.trim()).toBe('磁盘满了，什么都没有记下。')
})

it('takes a title with line breaks for a title, not for further headers', async () => {
  await channel().send({ title: 'a\r\nBcc: evil@example.com', text: 'b' })
  expect(heard.filter((line) => /^RCPT TO:<evil/.test(line) || /^Bcc:/i.test(line))).toEqual([])
})

it('rejects when the server takes it not, without the password in the error', async () => {
  verdict = '550 spam'
  const failed = await channel()
    .send({ title: 'a', text: 'b' })
    .catch((error: unknown) => error)
  expect(String(failed)).toContain('550')
  expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed as object))).not.toContain('Pa55')
})
