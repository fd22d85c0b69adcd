// Where alarms go: a webhook whose JSON body is a template, and mail.
import nodemailer from 'nodemailer'
import type { AlarmText } from './alarm.ts'

/** A way out of WeChat. Rejects when it was not delivered. */
export interface Channel {
  kind: 'webhook' | 'mail'
  send(message: AlarmText): Promise<void>
}

/** `webhook:` of `alarm:` in bot.yaml. */
export interface WebhookSettings {
  url: string
  /** JSON with `{{title}}` and `{{text}}` inside strings. */
  body: unknown
  headers: Readonly<Record<string, string>>
}

/** `mail:` of `alarm:` in bot.yaml; the password comes from the environment. */
export interface MailSettings {
  host: string
  port: number
  secure: boolean
  user: string
  from: string
  to: readonly string[]
}

/** Milliseconds that one delivery may take. */
const limit = 15_000
/** Characters of an answer that are looked at and quoted. */
const shown = 200

export function nameOf({ kind }: Channel): string {
  return kind
}

/** Fills in the texts wherever a string of the body names them; what is no string stays. */
export function filled(body: unknown, { title, text }: AlarmText): unknown {
  if (typeof body === 'string')
    return body.replaceAll(/\{\{(title|text)\}\}/g, (_place, name) => (name === 'title' ? title : text))
  if (Array.isArray(body)) return body.map((part) => filled(part, { title, text }))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, filled(value, { title, text })]))
}

/**
 * A webhook. Feishu, DingTalk and WeCom answer 200 and say in the body that they took nothing, so a code in it that is not 0 is a failure.
 */
export function webhook({ url, body, headers }: WebhookSettings): Channel {
  return {
    kind: 'webhook',
    async send(message) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(filled(body, message)),
        redirect: 'error',
        signal: AbortSignal.timeout(limit),
      }).catch((error: unknown) => {
        // The error's own words may hold the address, which is a secret.
        const cause = (error as { cause?: { code?: string } }).cause?.code
        throw new Error(cause ?? (error instanceof Error ? error.name : 'failed'))
      })
      const answer = (await response.text()).slice(0, shown)
      if (!response.ok) throw new Error(`HTTP ${response.status} ${answer}`)
      const code = codeIn(answer)
      if (code !== 0) throw new Error(`${code} ${answer}`)
    },
  }
}

/** Feishu says `code`, DingTalk and WeCom `errcode`, Bark `code: 200`, ntfy nothing. */
function codeIn(answer: string): number {
  const found = /"(?:errcode|code|StatusCode)"\s*:\s*(-?\d+)/.exec(answer)
  const code = Number(found?.[1] ?? 0)
  return code === 200 ? 0 : code
}

/** @param password of the mail account, from `QUANZI_MAIL_PASSWORD` */
export function mail({ host, port, secure, user, from, to }: MailSettings, password: string): Channel {
  const transport = nodemailer.createTransport({
    host,
    port,
    secure,
    auth: { user, pass: password },
    connectionTimeout: limit,
    greetingTimeout: limit,
    socketTimeout: limit,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    kind: 'mail',
    async send({ title, text }) {
      await transport.sendMail({ from, to: [...to], subject: title, text })
    },
  }
}
