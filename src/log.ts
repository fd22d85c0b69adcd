// The log: what may be written to it is listed here, so that no session secret and no private text can slip in.
import { pino, stdSerializers, type Logger, type LogFn } from 'pino'
import pretty from 'pino-pretty'

/** Names of fields that may be logged. Everything else is left out, and only its name is told under `dropped`. */
const allowed = new Set([
  ...[
    'account',
    'attempt',
    'bytes',
    'code',
    'column',
    'community',
    'count',
    'detail',
    'due',
    'dropped',
    'effect',
    'ended',
  ],
  ...[
    'endpoint',
    'entry',
    'err',
    'event',
    'feature',
    'file',
    'found',
    'from',
    'group',
    'hook',
    'job',
    'kind',
    'limit',
    'line',
  ],
  ...[
    'member',
    'members',
    'missing',
    'model',
    'ms',
    'name',
    'outcome',
    'pid',
    'port',
    'priority',
    'puppet',
    'ret',
    'room',
  ],
  ...['rooms', 'seq', 'signal', 'status', 'stream', 'tokens', 'until', 'version', 'waitMs', 'why'],
])
/** What people wrote: only for the eyes of somebody who switched debugging on. */
const forDebugging = new Set(['text', 'quote', 'answer', 'question'])

const debugLevel = 20

export type Log = Logger

/**
 * Opens the log on standard output: coloured lines on a terminal, JSON lines elsewhere.
 * @param level pino's level names; message texts appear at `debug` and below only
 * @param to where the lines go instead, for tests
 */
export function openLog(level: string, to?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: safeError },
    hooks: {
      logMethod(this: Logger, args: Parameters<LogFn>, method: LogFn, levelNumber: number) {
        const [first, ...rest] = args as unknown[]
        // `log.error(error)` is read as `log.error({ err: error })`.
        const fields = first instanceof Error ? { err: first } : first
        const clean = typeof fields === 'object' && fields !== null ? pick(fields, levelNumber) : scrub(String(fields))
        const texts = rest.map((part) => (typeof part === 'string' ? scrub(part) : part))
        if (first instanceof Error && texts.length === 0) texts.push(scrub(first.message))
        Reflect.apply(method, this, [clean, ...texts])
      },
    },
  }
  if (to !== undefined) return pino(options, to)
  if (!process.stdout.isTTY) {
    const lines = pino.destination({ fd: 1, sync: true })
    // A full disk under the log is told by the bot itself; the lines are lost.
    lines.on('error', () => undefined)
    return pino(options, lines)
  }
  return pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss', messageFormat: '{msg}' }))
}

function pick(fields: object, level: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (allowed.has(name) || (level <= debugLevel && forDebugging.has(name))) {
      kept[name] = typeof value === 'string' ? scrub(value) : value
    } else dropped.push(name)
  }
  if (dropped.length > 0) kept.dropped = dropped
  return kept
}

/**
 * An error without what it drags along: axios hangs the whole request on it, cookies and keys and all.
 * @returns name, message, stack, and the short codes that help to understand it
 */
export function safeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: scrub(String(error)) }
  const { type, message, stack } = stdSerializers.err(error)
  const codes = Object.entries(error).filter(
    ([name, value]) => ['code', 'status', 'ret', 'endpoint', 'why'].includes(name) && typeof value !== 'object',
  )
  return { type, message: scrub(message), stack: scrub(stack), ...Object.fromEntries(codes) }
}

/** Values of parameters and headers that open a session or spend money. */
const secret =
  /(\b(?:skey|sid|wxsid|uin|wxuin|pass_?ticket|ticket|webwx_\w*ticket|uuid|cookie|token|key|secret|authorization)["']?\s*[=:]\s*["']?)[^\s&;,"'<>]+/gi
const bearer = /\b(Bearer\s+|sk-|@crypt_)[\w.~+/=-]{4,}/g

function scrub(text: string): string {
  return text.replace(secret, '$1***').replace(bearer, '$1***')
}
