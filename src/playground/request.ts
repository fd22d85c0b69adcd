// What the playground's page may ask for, checked and turned into deeds.
import { z } from 'zod'
import type { World } from '../standin/world.ts'
import { type Chat, type Action, InputError } from './stage.ts'

/** Bytes of a picture or file at most; base64 makes a third more of them. */
export const largest = 8_000_000

const Name = z.string().trim().min(1).max(60)
const Where = z.string().regex(/^(group|person):./u)
const Text = z.string().trim().min(1).max(5000)

export const Asked = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('say'),
    chat: Where,
    who: Name,
    text: Text,
    quote: z.strictObject({ by: z.string(), text: z.string() }).optional(),
  }),
  z.strictObject({
    do: z.literal('bring'),
    chat: Where,
    who: Name,
    kind: z.enum(['picture', 'file']),
    name: z.string().min(1).max(255),
    base64: z.base64().max((largest * 4) / 3 + 4),
  }),
  z.strictObject({ do: z.literal('join'), chat: Where, who: Name, qr: z.boolean() }),
  z.strictObject({ do: z.literal('leave'), chat: Where, who: Name }),
  z.strictObject({ do: z.literal('rename'), chat: Where, who: Name, name: Name, everywhere: z.boolean() }),
  z.strictObject({ do: z.literal('befriend'), who: Name, hello: z.string().trim().max(100) }),
  z.strictObject({ do: z.literal('clock'), to: z.enum(['hour', 'morning']) }),
])
export type Asked = z.infer<typeof Asked>

/** @throws Slip when the group or person of the conversation is not there */
export function actionOf(asked: Exclude<Asked, { do: 'clock' }>, world: World): Action {
  if (asked.do === 'befriend') return asked
  const chat = asked.chat as Chat
  const isGroup = chat.startsWith('group:')
  const handle = chat.slice(chat.indexOf(':') + 1)
  if (!(isGroup ? world.groups : world.people).has(handle)) throw new InputError(`? ${handle}`)
  const who = isGroup ? asked.who : handle
  const where = isGroup ? handle : 'bot'
  switch (asked.do) {
    case 'say': {
      const { text, quote } = asked
      const what = quote
        ? ({ kind: 'quote', by: quote.by, quoted: quote.text, text } as const)
        : ({ kind: 'text', text } as const)
      return { do: 'send', who, where, what }
    }
    case 'bring': {
      const { kind, name, base64 } = asked
      return { do: 'bring', who, where, what: { kind, name, bytes: Buffer.from(base64, 'base64') } }
    }
    case 'join':
      return { do: 'join', who: [who], where, qr: asked.qr }
    case 'leave':
      return { do: 'leave', who: [who], where }
    case 'rename':
      return { do: 'rename', who, where: asked.everywhere || !isGroup ? null : where, name: asked.name }
  }
}
