// Embeddings from servers as they are: what is sent, what is understood, and what is kept on disk.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { openEmbeddings } from '../../src/ai/embeddings.ts'
import { VectorCache } from '../../src/ai/vector-cache.ts'
import { DataFolder } from '../../src/data-folder.ts'
import { cosine } from '../../src/search/vectors.ts'
import { temporaryFolder } from '../store/folder.ts'
import { json, serve, type Handler } from './servers.ts'

const zh = { name: 'text-embedding', language: 'zh' as const }
/** A vector that differs by text. */
const vectorOf = (text: string) => [text.length, text.codePointAt(0) ?? 0, 1, -text.length]
const inputOf = (body: string) => {
  const { input } = JSON.parse(body) as { input: string | string[] }
  return [input].flat()
}
const usual: Handler = (_request, body, response) =>
  json(response, { data: inputOf(body).map((text, index) => ({ index, embedding: vectorOf(text) })) })

function opened(baseUrl: string | undefined, { key = 'sk-secret', folder = temporaryFolder() } = {}) {
  const failed: unknown[] = []
  const data = new DataFolder(folder)
  const file = data.file('embeddings.txt')
  const cache = new VectorCache(data, 'embeddings.txt', (error) => failed.push(error))
  const log = pino({ level: 'silent' })
  return { embeddings: openEmbeddings({ key, baseUrl, cache, log }), cache, file, folder, failed }
}

it('asks ten texts at a time at the same address, without the numbers of people', async () => {
  const { baseUrl, requests } = await serve(usual)
  const { embeddings } = opened(`${baseUrl}/chat/completions`)
  const texts = Array.from({ length: 21 }, (_, n) => `第${'一二三四五六七八九十'[n % 10] ?? ''}个问题${'吗'.repeat(n)}`)
  const found = await embeddings.of([...texts, '我的手机 13812345678 收不到'], zh)
  expect(requests.map(({ url, body }) => `${url ?? ''} ${inputOf(body).length}`)).toEqual([
    '/v1/embeddings 10',
    '/v1/embeddings 10',
    '/v1/embeddings 2',
  ])
  expect(requests.at(-1)?.body).toContain('我的手机 [号码] 收不到')
  expect(requests[0]?.headers.authorization).toBe('Bearer sk-secret')
  expect(found.outcome === 'done' && found.vectors).toHaveLength(22)
})

it('asks for each text once, also after a restart, and keeps no text', async () => {
  const { baseUrl, requests } = await serve(usual)
  const first = opened(baseUrl)
  await first.embeddings.of(['几点开门', '几点开门', '在哪里'], zh)
  expect(inputOf(requests[0]?.body ?? '')).toEqual(['几点开门', '在哪里'])
  await first.embeddings.of(['在哪里'], zh)
  await first.cache.close()
  const second = opened(baseUrl, { folder: first.folder })
  const found = await second.embeddings.of(['在哪里', '几点开门'], zh)
  expect(requests).toHaveLength(1)
  expect(found.outcome === 'done' && found.vectors[1]?.numbers.length).toBe(4)
  expect(readFileSync(first.file, 'utf8')).not.toContain('开门')
  expect(statSync(first.file).mode & 0o77).toBe(0)
  await second.embeddings.of(['在哪里'], { ...zh, name: 'another' })
  expect(requests).toHaveLength(2)
})

it('goes on with what is whole of a damaged file', async () => {
  const { baseUrl, requests } = await serve(usual)
  const first = opened(baseUrl)
  await first.embeddings.of(['几点开门', '在哪里'], zh)
  await first.cache.close()
  writeFileSync(first.file, readFileSync(first.file, 'utf8').slice(0, -3))
  const second = opened(baseUrl, { folder: first.folder })
  await second.embeddings.of(['几点开门', '在哪里'], zh)
  expect(inputOf(requests[1]?.body ?? '')).toEqual(['在哪里'])
  await second.cache.close()
  await opened(baseUrl, { folder: first.folder }).embeddings.of(['几点开门', '在哪里'], zh)
  expect(requests).toHaveLength(2)
  expect(second.failed).toEqual([])
})

it('understands the answers of different servers', async () => {
  const vectors = [vectorOf('几点开门'), vectorOf('在哪')]
  const base64 = (numbers: number[]) => Buffer.from(new Float32Array(numbers).buffer).toString('base64')
  const answers: object[] = [
    { data: vectors.map((embedding, index) => ({ index, embedding })).reverse() },
    { data: vectors.map((embedding) => ({ object: 'embedding', embedding })) },
    { data: vectors.map((embedding, index) => ({ index, embedding: base64(embedding) })) },
    { embeddings: vectors },
  ]
  for (const answer of answers) {
    const { baseUrl } = await serve((_request, _body, response) => json(response, answer))
    const found = await opened(baseUrl).embeddings.of(['几点开门', '在哪'], zh)
    if (found.outcome !== 'done') throw new Error(found.outcome)
    const [a, b] = found.vectors
    if (!a || !b) throw new Error('a vector is missing')
    expect(cosine(a, b)).toBeGreaterThan(0.9)
    expect(Math.abs(a.numbers[3] ?? 0)).toBeGreaterThanOrEqual(Math.abs(b.numbers[3] ?? 0))
  }
})

it('asks servers that refuse it otherwise in another form, and remembers that', async () => {
  const { baseUrl, requests } = await serve((request, body, response) => {
    if (body.includes('encoding_format'))
      return json(response, { error: { message: 'unknown field encoding_format' } }, 400)
    if (inputOf(body).length > 1) return json(response, { error: { message: 'input must be a string' } }, 400)
    return usual(request, body, response)
  })
  const { embeddings } = opened(baseUrl)
  expect((await embeddings.of(['一一', '二二二'], zh)).outcome).toBe('done')
  expect(requests).toHaveLength(4)
  expect((await embeddings.of(['三三三三', '四四四四四'], zh)).outcome).toBe('done')
  expect(requests).toHaveLength(6)
})

it.each([
  ['a wrong key', { status: 401, answer: { error: { message: 'invalid api key' } } }, { why: 'key', status: 401 }],
  ['no such model', { status: 404, answer: { error: { message: 'not found' } } }, { why: 'name', status: 404 }],
  ['too often', { status: 429, answer: { error: { message: 'slow down' } } }, { why: 'tooOften', status: 429 }],
  [
    'an error that comes with success',
    { status: 200, answer: { error: { message: 'bad' } } },
    { why: 'garbage', status: 200 },
  ],
  ['fewer vectors than texts', { status: 200, answer: { data: [] } }, { why: 'garbage' }],
  ['vectors of nothing', { status: 200, answer: { data: [{ embedding: [0, 0, 0] }] } }, { why: 'garbage' }],
  ['a page', { status: 200, answer: '<html>' }, { why: 'garbage' }],
])('tells of %s', async (_name, { status, answer }, trouble) => {
  const { baseUrl } = await serve((_request, _body, response) => json(response, answer, status))
  expect(await opened(baseUrl).embeddings.of(['几点开门'], zh)).toMatchObject({ outcome: 'failed', ...trouble })
})

it('does not wait longer than it may, nor read without end', async () => {
  const { baseUrl } = await serve(() => undefined)
  const deadline = AbortSignal.abort()
  expect(await opened(baseUrl).embeddings.of(['几点开门'], { ...zh, deadline })).toMatchObject({ why: 'late' })
  const endless = await serve((_request, _body, response) => {
    response.writeHead(200)
    const more = () => void response.write('[1,'.repeat(100_000), () => setImmediate(more))
    more()
  })
  expect(await opened(endless.baseUrl).embeddings.of(['几点开门'], zh)).toMatchObject({ outcome: 'failed' })
})

it('is off without a key, and says what is wrong with one', async () => {
  expect(await opened(undefined, { key: ' ' }).embeddings.of(['几点开门'], zh)).toEqual({ outcome: 'off' })
  const wrong = await opened('http://127.0.0.1:9', { key: '钥匙' }).embeddings.of(['几点开门'], zh)
  expect(wrong).toMatchObject({ outcome: 'failed', why: 'key' })
})
