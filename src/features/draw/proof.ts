// What makes a draw provable: commitment, frozen list, order of luck. scripts/verify-draw.mjs does the same without this file.
//
//   commitment  SHA-256 of  quanzi draw 1 ⏎ number ⏎ rules line ⏎ seed (64 hex digits)      posted at the opening
//   list        SHA-256 of the list's lines, joined by ⏎                                     posted at the closing
//   luck        HMAC-SHA-256, key: the seed's 32 bytes,
//               of  quanzi draw 1 ⏎ number ⏎ list hash ⏎ outside number (or nothing) ⏎ ticket
//
// Tickets in the order of their luck, as hex from low to high; of a person's tickets the first one counts. Who is skipped is
// published with the reason; the rest wins in this order: prizes as the rules line names them, then rerolls as they happened.
import { hmacSha256, sha256 } from '../../core/lib/hash.ts'
import type { MemberId } from '../../core/types/ids.ts'

/** A ticket of the frozen list. */
export interface Ticket {
  no: number
  member: MemberId
}

const version = 'quanzi draw 1'

/** `T0017` */
export function ticketName(no: number): string {
  return `T${String(no).padStart(4, '0')}`
}

/** A line of the list, `T0017 m12 小明`: of the name only letters and digits, as WeChat changes emoji when they are copied. */
export function listLine({ no, member }: Ticket, name: string): string {
  return [ticketName(no), member, name.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')].join(' ').trim()
}

export function commitmentOf(draw: { no: number; rules: string; seed: string }): string {
  return sha256([version, draw.no, draw.rules, draw.seed].join('\n'))
}

export function listHash(lines: readonly string[]): string {
  return sha256(lines.join('\n'))
}

/** The luckiest ticket of every person, the luckiest person first. */
export function orderOfLuck<T extends Ticket>(
  draw: { no: number; seed: string; list: string; outside: string },
  tickets: readonly T[],
): T[] {
  const head = [version, draw.no, draw.list, draw.outside].join('\n')
  const ranked = tickets
    .map((ticket) => ({ ticket, luck: hmacSha256(draw.seed, `${head}\n${ticketName(ticket.no)}`) }))
    .sort((a, b) => (a.luck < b.luck ? -1 : 1))
  const seen = new Set<MemberId>()
  return ranked.flatMap(({ ticket }) => {
    if (seen.has(ticket.member)) return []
    seen.add(ticket.member)
    return [ticket]
  })
}
