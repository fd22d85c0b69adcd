// The language model behind any OpenAI-compatible address: which entry of the library answers a question, within 15 seconds.
import type { ModelQuery } from '../core/types/effect.ts'
import type { ModelAnswer } from '../core/types/event.ts'
import type { Log } from '../log.ts'
import { accessOf, type Access } from './client.ts'
import { sayable } from './check.ts'
import { messages } from './prompt.ts'
import { decisionIn } from './reply.ts'
import { openServer, type Ask } from './server.ts'
import { troubleIn, type Trouble } from './trouble.ts'

/** Milliseconds after which nobody waits for an answer any more. */
const limit = 15_000
const usualModel = 'gpt-4o-mini'

export interface ModelOptions extends Access {
  /** The model's name; undefined for a small one of OpenAI's. */
  name: string | undefined
  /** Names of what speaks against saying a text; see `sayable`. */
  flags: (text: string) => readonly string[]
  log: Log
  /** Ends a call that takes too long; made for each call. */
  deadline?: () => AbortSignal
}

/** A model that can be asked. */
export interface Model {
  /** Its name; null when there is none. */
  name: string | null
  /** Never rejects. */
  ask(query: ModelQuery): Promise<ModelAnswer>
}

export async function openModel(options: ModelOptions): Promise<Model> {
  const { flags, log, deadline = () => AbortSignal.timeout(limit) } = options
  const access = accessOf(options)
  if (!access) return { name: null, ask: () => Promise.resolve({ outcome: 'off' }) }
  const name = options.name?.trim() || usualModel
  const failed = (trouble: Trouble): ModelAnswer => {
    log.warn({ ...trouble, model: name }, 'the language model gave no answer')
    return { outcome: 'failed', ...trouble }
  }
  if ('wrong' in access) {
    const { wrong } = access
    return { name, ask: () => Promise.resolve(failed({ why: wrong, status: null })) }
  }
  let server: Ask | undefined
  const ask = async (query: ModelQuery): Promise<ModelAnswer> => {
    let written: string
    try {
      server ??= await openServer({ ...access, name, timeout: limit })
      // The client's own timeout ends when the headers are there; the signal also ends a body that never does.
      written = (await server(messages(query), deadline())).text
    } catch (error) {
      return failed(troubleIn(error))
    }
    const decision = decisionIn(written, query)
    if (decision === 'unreadable') return failed({ why: 'garbage', status: 200 })
    if (decision === 'none') return { outcome: 'unknown' }
    if ('id' in decision) return { outcome: 'chosen', id: decision.id }
    const text = query.prose ? sayable(decision.text, query, flags) : { refused: 'its own words are switched off' }
    if ('said' in text) return { outcome: 'answered', text: text.said }
    log.warn({ why: text.refused }, 'an answer of the language model was not sent')
    return { outcome: 'refused' }
  }
  return {
    name,
    async ask(query) {
      const begun = performance.now()
      const answer = await ask(query)
      return { ...answer, ms: Math.round(performance.now() - begun) }
    },
  }
}
