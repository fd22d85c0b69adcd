// Stands between wechat4u and the network: time limits, answers that really are WeChat's, and errors without secrets.
import type { RawAnswer, RequestOptions, Wechat4u } from './internals.ts'

/** Why a call failed. `unreached`: nothing went out. `unanswered`: it may have been done. `nonsense`: somebody else answered. */
export type CallWhy = 'unreached' | 'unanswered' | 'http' | 'nonsense' | 'ret'

/** A call of WeChat's web service that failed. Holds nothing of the request and nothing of the answer but short codes. */
export class CallFailed extends Error {
  override name = 'CallFailed'
  readonly endpoint: string
  readonly why: CallWhy
  /** WeChat's own code, for `why: 'ret'`; HTTP's status for `http`; else 0. */
  readonly ret: number

  constructor(endpoint: string, why: CallWhy, ret = 0, detail = '') {
    super(`${endpoint}: ${[why, ret === 0 ? '' : String(ret), detail].filter(Boolean).join(' ')}`)
    this.endpoint = endpoint
    this.why = why
    this.ret = ret
  }

  /** The session is over: logged out on the phone (1100), elsewhere (1101), or not accepted any more (1102). */
  get ended(): boolean {
    return this.why === 'ret' && this.ret >= 1100 && this.ret <= 1102
  }

  /** WeChat asks for slower sending. */
  get tooFast(): boolean {
    return this.why === 'ret' && this.ret === 1205
  }
}

/** Milliseconds within which an endpoint must have answered. The long poll of synccheck takes about 25 s when all is well. */
const limits: Record<string, number> = {
  synccheck: 40_000,
  login: 40_000,
  webwxsync: 15_000,
  webwxgetcontact: 60_000,
  webwxuploadmedia: 60_000,
}
const usualLimit = 20_000

/** The three endpoints that answer with a script, which wechat4u runs with `eval`: only these very words may come. */
const scripts: Record<string, RegExp> = {
  jslogin: /^window\.QRLogin\.code\s*=\s*\d+\s*;\s*window\.QRLogin\.uuid\s*=\s*"[\w=+/-]*"\s*;?$/,
  login:
    /^window\.code\s*=\s*\d+\s*;?(?:\s*window\.userAvatar\s*=\s*'data:[\w/;,+=-]*'|\s*window\.redirect_uri\s*=\s*"https:\/\/[^"\\\s]+")?\s*;?$/,
  synccheck: /^window\.synccheck\s*=\s*\{\s*retcode\s*:\s*"?(\d+)"?\s*,\s*selector\s*:\s*"?\d+"?\s*\}\s*;?$/,
}
/** Pictures, voices and files: bytes. */
const binary = new Set([
  'webwxgetmsgimg',
  'webwxgetvideo',
  'webwxgetvoice',
  'webwxgetmedia',
  'webwxgeticon',
  'webwxgetheadimg',
])

/** Codes of system calls that failed before a byte was sent. */
const unreached = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'])

/** Aborts every call that is under way; each rejects as `unanswered`. */
export type AbortAll = () => void

/**
 * Puts the guard in front of an instance. Call it once, before anything is asked.
 * @param dated told by how many milliseconds the server's clock is ahead of this machine's, as each answer of WeChat shows; a second is noise
 */
export function guardRequests(wechat4u: Wechat4u, dated: (ahead: number) => void = () => {}): AbortAll {
  const ask = wechat4u.request
  const pending = new Set<AbortController>()
  wechat4u.request = async (options) => {
    const endpoint = endpointOf(options)
    const controller = new AbortController()
    const limit = limits[endpoint] ?? usualLimit
    const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(limit)])
    pending.add(controller)
    try {
      const { status, data, headers } = await ask({ ...options, timeout: limit, signal })
      check(endpoint, data)
      const date = Date.parse(String(headers.date))
      if (!Number.isNaN(date)) dated(date + 500 - Date.now())
      return { status, data, headers }
    } catch (error) {
      throw withoutSecrets(endpoint, error)
    } finally {
      pending.delete(controller)
    }
  }
  return () => {
    for (const controller of pending) controller.abort()
  }
}

function endpointOf({ url }: RequestOptions): string {
  return new URL(url).pathname.split('/').at(-1) ?? ''
}

function check(endpoint: string, data: unknown): void {
  const script = scripts[endpoint]
  if (script !== undefined) {
    const found = typeof data === 'string' && data.length < 200_000 ? script.exec(data.trim()) : null
    if (found === null) throw new CallFailed(endpoint, 'nonsense')
    const retcode = Number(endpoint === 'synccheck' ? found[1] : 0)
    if (retcode !== 0) throw new CallFailed(endpoint, 'ret', retcode)
  } else if (!binary.has(endpoint) && endpoint !== 'webwxnewloginpage' && endpoint !== 'webwxlogout') {
    const { BaseResponse, MediaId } = (data ?? {}) as { BaseResponse?: { Ret?: unknown }; MediaId?: unknown }
    // An upload may be answered by its bare id.
    const ret = BaseResponse?.Ret ?? (typeof MediaId === 'string' ? 0 : undefined)
    if (ret === undefined) throw new CallFailed(endpoint, 'nonsense')
    if (Number(ret) !== 0) throw new CallFailed(endpoint, 'ret', Number(ret))
  }
}

function withoutSecrets(endpoint: string, error: unknown): Error {
  if (error instanceof CallFailed) return error
  const { response, code } = error as { response?: RawAnswer; code?: unknown }
  if (endpoint === 'webwxnewloginpage' && response?.status === 301) {
    // wechat4u's `login` reads the new session from this very error.
    return Object.assign(new Error('moved'), {
      response: { status: 301, data: String(response.data), headers: response.headers },
    })
  }
  if (response !== undefined) return new CallFailed(endpoint, 'http', response.status)
  if (typeof code !== 'string') throw error
  return new CallFailed(endpoint, unreached.has(code) ? 'unreached' : 'unanswered', 0, code)
}
