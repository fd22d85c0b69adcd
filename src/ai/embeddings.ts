// Embeddings of texts from an OpenAI-compatible address (`POST /embeddings`): what a text means, as a vector. Kept on disk by a hash of the
// text, so that each is asked for once.
import { createHash } from 'node:crypto'
import type OpenAI from 'openai'
import { z } from 'zod'
import type { Log } from '../log.ts'
import type { ModelTrouble } from '../core/types/event.ts'
import { quantised, type Vector } from '../search/vectors.ts'
import { BadBody } from './body.ts'
import { accessOf, openClient, type Access } from './client.ts'
import { masked } from './mask.ts'
import { textOf, troubleIn, type Trouble } from './trouble.ts'
import type { VectorCache } from './vector-cache.ts'

/** Milliseconds that one request may take. */
const limit = 15_000
/** Texts of one request; of the services in use, the strictest takes ten. */
const together = 10
/** Bytes of a body that are read: ten vectors of 4,096 numbers with all their digits have 900,000. */
const mostBytes = 4_000_000
/** UTF-16 units of a text that are sent. */
const longest = 500

export interface EmbeddingOptions extends Access {
  cache: VectorCache
  log: Log
}

/** Vectors of the texts, in their order; or that there is no service, or why it gave none. */
export type Embedded =
  | { outcome: 'off' }
  | { outcome: 'done'; vectors: Vector[] }
  | { outcome: 'failed'; why: ModelTrouble; status: number | null }

/** A service that can be asked. */
export interface Embeddings {
  /**
   * Never rejects. Telephone and identity numbers do not leave the machine.
   * @param name the model's
   * @param deadline ends it before all is there; what came until then is kept for the next time
   */
  of(texts: readonly string[], how: { name: string; language: 'zh' | 'en'; deadline?: AbortSignal }): Promise<Embedded>
}

const numbers = z.array(z.number()).min(2).max(16_384)
const embedding = z.union([numbers, z.string()])
/** As the services send it: OpenAI's form, and those of servers on one's own machine. */
const Body = z.union([
  z.object({ data: z.array(z.object({ index: z.number().optional(), embedding })).min(1) }),
  z.object({ embeddings: z.array(numbers).min(1) }).transform(({ embeddings }) => ({ data: embeddings.map(bare) })),
  z.object({ embedding: numbers }).transform(({ embedding }) => ({ data: [bare(embedding)] })),
  z.object({ error: z.unknown() }).transform(({ error }) => ({ error })),
])

function bare(vector: number[]): { index?: number | undefined; embedding: number[] | string } {
  return { embedding: vector }
}

export function openEmbeddings(options: EmbeddingOptions): Embeddings {
  const { cache, log } = options
  const access = accessOf(options)
  let client: OpenAI | undefined
  /** What servers have refused is not tried again. */
  const form = { batch: together, encoding: true }

  const request = async (name: string, input: readonly string[], deadline: AbortSignal): Promise<Vector[]> => {
    for (;;) {
      const { encoding } = form
      try {
        const body = {
          ...{ model: name, input: input.length === 1 ? (input[0] ?? '') : [...input] },
          ...(encoding && { encoding_format: 'float' }),
        }
        const response = await (client as OpenAI)
          .post('/embeddings', {
            ...{ body, signal: deadline, __binaryResponse: true },
          })
          .asResponse()
        return vectorsIn(await response.text(), input.length)
      } catch (error) {
        if (
          !encoding ||
          !isRefused(error) ||
          !/encoding|format|unknown|extra|unsupported|unrecogni/i.test(textOf(error))
        )
          throw error
        form.encoding = false
      }
    }
  }

  return {
    async of(texts, { name, language, deadline }) {
      if (!access) return { outcome: 'off' }
      const failed = (trouble: Trouble): Embedded => {
        log.warn({ ...trouble, model: name }, 'no embeddings')
        return { outcome: 'failed', ...trouble }
      }
      if ('wrong' in access) return failed({ why: access.wrong, status: null })
      const sent = texts.map((text) => masked(text.slice(0, longest), language).trim() || '-')
      const keys = sent.map((text) => keyOf(name, text))
      const found = await cache.get(keys)
      const missing = [...new Set(sent.filter((_, i) => !found.has(keys[i] ?? '')))]
      try {
        if (missing.length > 0) client ??= await openClient(access, { timeout: limit, mostBytes })
        for (let from = 0; from < missing.length;) {
          const part = missing.slice(from, from + form.batch)
          // The client's own timeout ends when the headers are there; the signal also ends a body that never does.
          const until = AbortSignal.any([AbortSignal.timeout(limit), ...(deadline ? [deadline] : [])])
          let vectors: Vector[]
          try {
            vectors = await request(name, part, until)
          } catch (error) {
            // Some take one text at a time.
            if (part.length === 1 || !(isRefused(error) || error instanceof BadBody)) throw error
            form.batch = 1
            continue
          }
          from += part.length
          for (const [i, vector] of vectors.entries()) {
            const key = keyOf(name, part[i] ?? '')
            found.set(key, vector)
            cache.keep(key, vector)
          }
        }
      } catch (error) {
        return failed(troubleIn(error))
      }
      const vectors = keys.flatMap((key) => found.get(key) ?? [])
      // Another model under the same name has other vectors, which cannot be compared with these.
      const isOneKind = vectors.every(({ numbers }) => numbers.length === vectors[0]?.numbers.length)
      if (vectors.length === texts.length && isOneKind) return { outcome: 'done', vectors }
      cache.forget(keys)
      return failed({ why: 'garbage', status: 200 })
    },
  }
}

/** @throws BadBody when it is not as many vectors as were asked for */
function vectorsIn(text: string, count: number): Vector[] {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    throw new BadBody(text.trim() === '' ? 'empty' : 'no vectors')
  }
  const body = Body.safeParse(read).data
  if (!body) throw new BadBody('no vectors')
  if ('error' in body) throw Object.assign(new BadBody('an error'), { error: body.error })
  const { data } = body
  const isNumbered = data.every(({ index }) => index !== undefined)
  const sorted = isNumbered ? data.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)) : data
  const vectors = sorted.map((one) =>
    quantised(typeof one.embedding === 'string' ? floatsIn(one.embedding) : one.embedding),
  )
  if (vectors.length !== count || vectors.some((vector) => vector === undefined)) throw new BadBody('no vectors')
  return vectors as Vector[]
}

/** Numbers as some servers send them all the same: 32 bits each, in base 64. */
function floatsIn(base64: string): number[] {
  const bytes = Buffer.from(base64, 'base64')
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(4 * i))
}

function isRefused(error: unknown): boolean {
  const status: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'status') : undefined
  return status === 400 || status === 413 || status === 415 || status === 422
}

/** The text itself is not on disk. */
function keyOf(name: string, text: string): string {
  return createHash('sha256').update(`${name}\n${text}`).digest('base64url').slice(0, 24)
}
