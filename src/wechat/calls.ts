// Orders to WeChat, each with a time limit, and how they ended in the words of the port.
import type { WxResult } from './account.ts'
import { CallFailed } from './guard.ts'

const done: WxResult = { ok: true }
export const notOnline: WxResult = { ok: false, why: 'offline', detail: 'not on line' }

/** Carries an order out. @param limit milliseconds after which its end is not waited for: it may or may not be done */
export async function order(act: () => Promise<unknown>, limit: number): Promise<WxResult> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<WxResult>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, why: 'unknown', detail: `no answer within ${limit / 1000} s` }),
      limit,
    )
  })
  const acted = act().then(() => done, failure)
  try {
    return await Promise.race([acted, late])
  } finally {
    clearTimeout(timer)
  }
}

function failure(error: unknown): WxResult {
  if (error instanceof CallFailed) {
    const { why: call, message: detail } = error
    if (error.tooFast) return { ok: false, why: 'tooFast', detail }
    if (error.ended || call === 'unreached') return { ok: false, why: 'offline', detail }
    return { ok: false, why: call === 'ret' ? 'refused' : 'unknown', detail }
  }
  const { name = 'Error', code, message = '' } = error as { name?: string; code?: unknown; message?: string }
  // Wechaty's way of saying that a puppet cannot do something (`throwUnsupportedError`).
  if (/unsupported|not support/i.test(message))
    return { ok: false, why: 'unsupported', detail: 'this puppet cannot do it' }
  // A file that cannot be read: nothing was sent.
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') return { ok: false, why: 'refused', detail: code }
  return { ok: false, why: 'unknown', detail: typeof code === 'string' ? `${name} ${code}` : name }
}
