// Why a call of the language model came to nothing, as an operator can understand and mend it.
import { BadBody } from './body.ts'
import type { ModelTrouble } from '../core/types/event.ts'

/** A failed call: the cause, and the status that the server answered with, if it did. */
export interface Trouble {
  why: ModelTrouble
  status: number | null
}

const noMoney = /insufficient|quota|balance|arrear|billing|credit|余额|欠费|额度|充值/i
const noModel =
  /model[^.]{0,60}(?:not found|does not exist|not exist|not supported|unknown|invalid)|(?:no such|unknown|invalid) model|模型[^。]{0,20}(?:不存在|未找到|不支持)/i
const noKey = /api[ _-]?key|unauthori[sz]ed|authentication|access token|令牌|密钥|鉴权/i
/** Codes of the system when nothing answers at an address, or something that is not what was meant. */
const unreachable =
  /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_INVALID_URL|ERR_TLS|CERT|certificate|SSL|Invalid URL|bad port/i

/** @param error what a call threw, or the error that a server put into an answer of status 200 */
export function troubleIn(error: unknown): Trouble {
  const status = statusOf(error)
  const said = textOf(error)
  if (status === null) {
    if (/abort|timeout|timed out/i.test(said)) return { why: 'late', status }
    if (unreachable.test(said)) return { why: 'address', status }
    return { why: error instanceof BadBody ? 'garbage' : 'line', status }
  }
  if (status === 401) return { why: 'key', status }
  if (status === 402) return { why: 'money', status }
  if (status === 429) return { why: noMoney.test(said) ? 'money' : 'tooOften', status }
  if (status >= 500) return { why: 'server', status }
  if (noMoney.test(said)) return { why: 'money', status }
  if (status === 404 || noModel.test(said)) return { why: 'name', status }
  if (noKey.test(said)) return { why: 'key', status }
  if (status === 403) return { why: 'denied', status }
  return { why: status < 400 ? 'garbage' : 'request', status }
}

/** The status of a response, or the one that stands in a body which came with success. */
function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null
  const within: unknown = Reflect.get(error, 'error')
  const isInBody = error instanceof BadBody && within !== undefined
  for (const name of ['status', 'code', 'http_status']) {
    const status = Number(Reflect.get(isInBody && typeof within === 'object' && within !== null ? within : error, name))
    if (Number.isInteger(status) && status >= 100 && status < 600) return status
  }
  return isInBody ? 200 : null
}

/** All that an error says, its causes too. It is searched only, never shown or logged: it may repeat the key or the question. */
export function textOf(error: unknown): string {
  const parts: string[] = []
  for (let now = error, depth = 0; now !== undefined && now !== null && depth < 5; depth += 1) {
    if (typeof now !== 'object') {
      parts.push(String(now))
      break
    }
    for (const name of ['name', 'message', 'code', 'type', 'param']) {
      const value: unknown = Reflect.get(now, name)
      if (typeof value === 'string') parts.push(value.slice(0, 2000))
    }
    const body: unknown = Reflect.get(now, 'error')
    if (body !== undefined && body !== null) parts.push(JSON.stringify(body).slice(0, 2000))
    now = Reflect.get(now, 'cause')
  }
  return parts.join(' ')
}
