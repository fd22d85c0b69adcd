// The control group as the engine guards it: lost and taken over by its spare, and what is typed on the account's own phone.
import type { Effect } from '../types/effect.ts'
import { FRESH_FOR } from '../types/effect.ts'
import type { Posted, Said } from '../types/event.ts'
import { BOT, type MemberId, type Millis } from '../types/ids.ts'
import { sha256 } from '../lib/hash.ts'
import { render } from '../lib/render.ts'
import { isCommand } from './commands.ts'
import type { EngineState } from './state.ts'
import { engineTexts } from '../../locales/engine.ts'

/** Time (ms) within which a text that the bot said may come back as an echo. */
const ECHO_FOR = 10 * 60_000
/** Somebody is told once in this time (ms) that what he typed counts for nothing. */
const TOLD_EVERY = 3_600_000

/** Voids the rights of a control group that is lost. @returns what its spare is told, if that takes its place */
export function guardControl({ rights, settings }: EngineState): Effect | undefined {
  if (!rights.isLost) return undefined
  rights.release()
  if (rights.control === null) return undefined
  const text = engineTexts[settings.language].spareNow
  return { type: 'say', to: 'control', text, priority: 'admin', freshFor: 24 * TOLD_EVERY }
}

/** Notes what was said in the control group, as WeChat may tell it again as if it came from the phone. */
export function rememberSpoken({ tables, settings }: EngineState, effect: Effect | undefined, now: Millis): void {
  if (!settings.control.phone || effect?.type !== 'say' || effect.to !== 'control') return
  const spoken = tables.table<{ at: Millis }>('engine.spoken')
  for (const [hash, { at }] of spoken.entries()) if (at < now - ECHO_FOR) spoken.delete(hash)
  spoken.set(sha256(effect.text.trim()), { at: now })
}

function isEcho({ tables, effects }: EngineState, text: string): boolean {
  if (tables.table('engine.spoken').get(sha256(text.trim()))) return true
  return [...effects.entries()].some(
    ([, { effect }]) => effect.type === 'say' && effect.to === 'control' && effect.text.trim() === text.trim(),
  )
}

/**
 * What the owner of the account typed on the phone, as something said by the bot's own voice, where that counts by setting; else what
 * is answered to a command there. Nothing: it is no command, and no word in the control group.
 */
export function typedOnPhone(posted: Posted, state: EngineState): Said | Effect | undefined {
  const { rights, members, settings } = state
  const { group, text, kind, at } = posted
  const inControl = group === rights.control
  const isOrder = isCommand(text)
  if (kind !== 'text' || (!isOrder && !inControl)) return undefined
  const { phone } = settings.control
  const said: Said = {
    type: 'said',
    id: `phone@${at}`,
    at,
    group,
    from: BOT,
    kind,
    text,
    quote: null,
    addressed: false,
  }
  const isManaged = members.group(group) !== undefined
  // An answer that merely begins with a slash, seen again, must not be taken for an order of its own.
  if (phone && !isManaged) return text.includes('\n') || isEcho(state, text) ? undefined : said
  if (!isOrder) return undefined
  const isBurnt = rights.burnClaim(text.replace(/^.claim\s+/i, ''))
  if (!isBurnt && !mayTell(state, BOT)) return undefined
  const texts = engineTexts[settings.language]
  const place = { type: 'say', freshFor: FRESH_FOR } as const
  if (isBurnt) return { ...place, to: { group }, text: texts.phoneClaim, priority: 'reply' }
  if (rights.control === null) return undefined
  const where = members.group(group)?.name
  const line = phone && where !== undefined ? render(texts.phoneElsewhere, { group: where }) : texts.phoneOff
  return { ...place, to: 'control', text: line, priority: 'reply' }
}

/** Whether somebody without a role is told that a command is not for him: once an hour. */
export function mayRefuse(state: EngineState, said: Said): boolean {
  return mayTell(state, said.from)
}

function mayTell({ refused, current: { now } }: EngineState, member: MemberId): boolean {
  const told = refused.get(member)
  if (told !== undefined && now - told.at < TOLD_EVERY) return false
  refused.set(member, { at: now })
  return true
}
