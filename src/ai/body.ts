// The text of a completion out of an HTTP body as servers send it: JSON or a stream of events, read bit by bit and with a limit.
import { z } from 'zod'

/** Bytes of a body that are read; the largest useful one has a few thousand. */
export const mostBytes = 1_000_000
/** UTF-16 units that are kept of the model's text, from its end. */
const keptText = 40_000

/** A body that cannot be used, and what an operator is told of it. */
export class BadBody extends Error {
  override name = 'BadBody'
}

const Text = z.union([z.string(), z.array(z.object({ text: z.string().optional() }))]).nullish()
const Message = z.object({ content: Text, reasoning_content: z.string().nullish(), reasoning: z.string().nullish() })
/** Of a completion, or of one event of a stream, all that is read. */
const Completion = z.object({
  choices: z
    .array(
      z.object({
        message: Message.nullish(),
        delta: Message.nullish(),
        text: z.string().nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .optional(),
  message: Message.nullish(),
  error: z.unknown().optional(),
})

/** What a server sent for a completion. */
export interface Completed {
  /** The model's text; what it thought, when it wrote nothing else. */
  text: string
  /** The server ended the text because it was too long. */
  cutOff: boolean
  /** What the server says went wrong, though it answered with success. */
  error?: unknown
}

/**
 * A response of which no more than `most` bytes can be read, also when an error is read of it.
 * @throws BadBody when reading beyond
 */
export function limited(response: Response, most: number): Response {
  let bytes = 0
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.length
      if (bytes > most) throw new BadBody('too long')
      controller.enqueue(chunk)
    },
  })
  const body = response.body?.pipeThrough(count) ?? null
  const { status, statusText, headers } = response
  return new Response(body, { status, statusText, headers })
}

/** @throws BadBody when it is too long, or neither a completion nor a stream of them */
export async function readCompletion(response: Response): Promise<Completed> {
  const found = new Collected()
  let whole = ''
  let rest = ''
  let isStream: boolean | undefined
  const decoder = new TextDecoder()
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    const text = decoder.decode(chunk, { stream: true })
    // Servers send empty lines and comments while the model thinks.
    if (isStream === undefined && (whole + text).trim() !== '')
      isStream = /^\s*(?::|data:|event:|id:)/.test(whole + text)
    if (!isStream) {
      whole += text
      continue
    }
    const lines = (whole + rest + text).split(/\r\n|\n|\r/)
    whole = ''
    rest = lines.pop() ?? ''
    for (const line of lines) found.addLine(line)
  }
  if (isStream) found.addLine(rest)
  else if (!found.add(whole.trim())) throw new BadBody(whole.trim() === '' ? 'empty' : 'no completion')
  return found.completed
}

class Collected {
  #content = ''
  #thoughts = ''
  #cutOff = false
  #error: unknown

  addLine(line: string) {
    if (line.startsWith('data:')) this.add(line.slice('data:'.length).trim())
  }

  /** @returns whether it was (part of) a completion */
  add(json: string): boolean {
    const part = completionIn(json)
    if (!part) return false
    const [choice] = part.choices ?? []
    const message = choice?.message ?? choice?.delta ?? part.message
    this.#content = kept(this.#content + textOf(message?.content) + (choice?.text ?? ''))
    this.#thoughts = kept(this.#thoughts + (message?.reasoning_content ?? message?.reasoning ?? ''))
    this.#cutOff ||= choice?.finish_reason === 'length'
    this.#error ??= part.error ?? undefined
    return choice !== undefined || Boolean(message) || Boolean(part.error)
  }

  get completed(): Completed {
    const text = this.#content.trim() === '' ? this.#thoughts : this.#content
    return { text, cutOff: this.#cutOff, ...(this.#error !== undefined && { error: this.#error }) }
  }
}

function completionIn(json: string): z.infer<typeof Completion> | undefined {
  try {
    return Completion.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

function textOf(content: z.infer<typeof Text>): string {
  return typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join('')
}

function kept(text: string): string {
  return text.length > 2 * keptText ? text.slice(-keptText) : text
}
