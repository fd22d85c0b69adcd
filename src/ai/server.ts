// One server of a language model: asks it in the form that it takes, and remembers which that is.
import type OpenAI from 'openai'
import { BadBody, mostBytes, readCompletion, type Completed } from './body.ts'
import { openClient } from './client.ts'
import { textOf } from './trouble.ts'

/** Tokens that an answer may take; models that think before they answer need more than its JSON. */
const mostTokens = 1500

/** How a server wants to be asked; each is changed once it has refused the usual form. */
interface Form {
  asJson: boolean
  tokens: 'max_tokens' | 'max_completion_tokens' | 'none'
  /** Whether it takes a message of the system. */
  system: boolean
}

export interface ServerOptions {
  key: string
  /** An OpenAI-compatible address. */
  baseUrl: string
  name: string
  /** Milliseconds of one try, at most. */
  timeout: number
}

/** What asks a server. */
export type Ask = (messages: readonly [system: string, user: string], signal: AbortSignal) => Promise<Completed>

/** @returns what asks the model; it throws what `troubleIn` understands */
export async function openServer({ key, baseUrl, name, timeout }: ServerOptions): Promise<Ask> {
  const client = await openClient({ key, baseUrl }, { timeout, mostBytes })
  let form: Form = { asJson: true, tokens: 'max_tokens', system: true }
  return async ([system, user], signal) => {
    let tried = form
    for (;;) {
      try {
        const body = { model: name, messages: messagesOf(tried, system, user), ...fieldsOf(tried) }
        const response = await client.chat.completions.create(body, { signal }).asResponse()
        const completed = await readCompletion(response)
        if (completed.error !== undefined) throw Object.assign(new BadBody('an error'), { error: completed.error })
        // What the model thought has used up the tokens: there is no answer yet.
        if (completed.cutOff && tried.tokens !== 'none') tried = { ...tried, tokens: 'none' }
        else {
          form = tried
          return completed
        }
      } catch (error) {
        const next = otherForm(tried, error)
        if (!next) throw error
        tried = next
      }
    }
  }
}

function messagesOf({ system: takesSystem }: Form, system: string, user: string): OpenAI.ChatCompletionMessageParam[] {
  if (!takesSystem) return [{ role: 'user', content: `${system}\n\n${user}` }]
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ]
}

function fieldsOf({ asJson, tokens }: Form) {
  return {
    ...(asJson && { response_format: { type: 'json_object' as const } }),
    ...(tokens !== 'none' && { [tokens]: mostTokens }),
  }
}

/** The form to try next after a refusal that may be about the form; undefined when it was not, or nothing is left to change. */
function otherForm(form: Form, error: unknown): Form | undefined {
  const status: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'status') : undefined
  if (typeof status !== 'number' || status < 400) return undefined
  const said = textOf(error)
  if (form.asJson && /response_?format|json/i.test(said)) return { ...form, asJson: false }
  if (form.tokens === 'max_tokens' && /max_completion_tokens/i.test(said))
    return { ...form, tokens: 'max_completion_tokens' }
  if (form.tokens !== 'none' && /max_(?:completion_)?tokens/i.test(said)) return { ...form, tokens: 'none' }
  if (form.system && /system/i.test(said) && /role|message|instruction|prompt/i.test(said))
    return { ...form, system: false }
  // Some say only that the request is bad.
  const isBare = !form.asJson && form.tokens === 'none'
  return [400, 415, 422].includes(status) && !isBare && !/model|key|quota|balance/i.test(said)
    ? { ...form, asJson: false, tokens: 'none' }
    : undefined
}
