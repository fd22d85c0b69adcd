// The language model behind any OpenAI-compatible address: one question, one try, 15 seconds, and an answer that was checked.
import { z } from 'zod'
import type { ModelQuery } from '../core/types/effect.ts'
import type { ModelAnswer } from '../core/types/event.ts'
import type { Log } from '../log.ts'
import { sayable } from './check.ts'
import { messages } from './prompt.ts'

/** Milliseconds after which nobody waits for an answer any more. */
const limit = 15_000
/** More than 200 characters of JSON never need. */
const mostTokens = 400
const usualModel = 'gpt-4o-mini'

export interface ModelOptions {
  /** undefined or empty: there is no model. */
  key: string | undefined
  /** An OpenAI-compatible address; undefined for OpenAI's own. */
  baseUrl: string | undefined
  /** The model's name; undefined for a small one of OpenAI's. */
  name: string | undefined
  /** Names of what speaks against saying a text; see `sayable`. */
  flags: (text: string) => readonly string[]
  log: Log
  /** Ends a call that takes too long; anew for each call. */
  deadline?: () => AbortSignal
}

/** Of a completion, all that is read. */
const Completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })
/** What the model is told to write. */
const Written = z.object({ known: z.boolean(), answer: z.string() })

/** @returns what asks the model; it never rejects */
export async function openModel(options: ModelOptions): Promise<(query: ModelQuery) => Promise<ModelAnswer>> {
  const { key, name, flags, log, deadline = () => AbortSignal.timeout(limit) } = options
  if (!key) return () => Promise.resolve({ outcome: 'off' })
  // Most run without a model, and loading the client takes its time.
  const { default: OpenAI } = await import('openai')
  const client = new OpenAI({
    apiKey: key,
    baseURL: options.baseUrl || 'https://api.openai.com/v1',
    organization: null,
    project: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: limit,
  })
  return async (query) => {
    let content: string
    try {
      const body = { model: name || usualModel, messages: messages(query), max_tokens: mostTokens, ...asJson }
      // The client's own timeout ends when the headers are there; the signal also ends a body that never does.
      const completion: unknown = await client.chat.completions.create(body, { signal: deadline() })
      content = Completion.parse(completion).choices[0]?.message.content ?? ''
    } catch (error) {
      log.warn({ err: described(error) }, 'the language model gave no answer')
      return { outcome: 'failed' }
    }
    const written = readWritten(content)
    if (!written) {
      log.warn('the language model did not write what it was told to')
      return { outcome: 'failed' }
    }
    if (!written.known) return { outcome: 'unknown' }
    const text = sayable(written.answer, query, flags)
    if ('refused' in text) log.warn({ why: text.refused }, 'an answer of the language model was not sent')
    return 'refused' in text ? { outcome: 'refused' } : { outcome: 'answered', text: text.said }
  }
}

const asJson = { response_format: { type: 'json_object' } } as const

/** Some models put a fence around their JSON. */
function readWritten(content: string): z.infer<typeof Written> | undefined {
  const json = content.trim().replace(/^```(?:json)?\s*|\s*```$/g, '')
  try {
    return Written.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

/** Without request, headers and body: the key and what members wrote stay out of the log. */
function described(error: unknown): { name: string; status: unknown } {
  if (!(error instanceof Error)) return { name: typeof error, status: undefined }
  return { name: error.name, status: 'status' in error ? error.status : undefined }
}
