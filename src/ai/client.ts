// The client of an OpenAI-compatible address, for the language model and for embeddings.
import type OpenAI from 'openai'
import { limited } from './body.ts'

const usualAddress = 'https://api.openai.com/v1'

/** Where a service is and what opens it, as it stands in the environment. */
export interface Access {
  /** undefined or empty: there is no service. */
  key: string | undefined
  /** An OpenAI-compatible address; undefined for OpenAI's own. */
  baseUrl: string | undefined
}

/** Something can be asked there, or what is wrong with the key or the address; undefined without a key. */
export type OpenAccess = { key: string; baseUrl: string } | { wrong: 'key' | 'address' }

export function accessOf({ key, baseUrl }: Access): OpenAccess | undefined {
  const typed = key?.trim()
  if (!typed) return undefined
  // A header takes no other characters: something else was copied with the key, or in its place.
  if (!/^[\x21-\x7e]+$/.test(typed)) return { wrong: 'key' }
  const address = addressOf(baseUrl)
  return address === undefined ? { wrong: 'address' } : { key: typed, baseUrl: address }
}

/** An address as the client wants it, of what people paste; undefined when it is none. */
function addressOf(typed: string | undefined): string | undefined {
  const plain = (typed ?? '').trim().replace(/\/+(?:(?:chat\/completions|embeddings)\/*)?$/, '') || usualAddress
  const address = /^https?:\/\//i.test(plain) ? plain : `https://${plain}`
  return URL.canParse(address) && /^[^\s\p{Script=Han}]+$/u.test(address) ? address : undefined
}

/** @param timeout milliseconds of one try, at most */
export async function openClient(
  { key, baseUrl }: { key: string; baseUrl: string },
  { timeout, mostBytes }: { timeout: number; mostBytes: number },
): Promise<OpenAI> {
  // Most run without a model, and loading the client takes its time.
  const { default: OpenAI } = await import('openai')
  return new OpenAI({
    apiKey: key,
    baseURL: baseUrl,
    organization: null,
    project: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout,
    fetch: async (url, init) => limited(await fetch(url, init), mostBytes),
  })
}
