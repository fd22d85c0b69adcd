// The door for a member's own passphrase (我的口令 …): what he typed is replaced by its scrypt code before anything is saved or logged.
import { randomBytes, scryptSync } from 'node:crypto'
import type { Passphrase } from '../core/types/event.ts'
import type { Millis } from '../core/types/ids.ts'
import { canonical } from '../core/lib/text.ts'
import { sha256 } from '../core/lib/hash.ts'

/** In a group something must part word and passphrase, as this can also be talk. */
const inGroup =
  /^((?:设置|修改|更换|改)?我的(?:口令|暗号)|my passphrase)(?:\s*(?:是|为|is(?=\s)|[:：=])\s*|\s+)(\S.*)$/isu
const inPrivate = /^((?:设置|修改|更换|改)?我的(?:口令|暗号)|my passphrase\b)\s*(?:是|为|is(?=\s)|[:：=])?\s*(\S.*)$/isu
/** A question about passphrases, not one. */
const question = /怎么|如何|什么|忘了|忘记|哪里|在哪|[吗呢么啥?？]\s*$|^(?:how|what|where)\b/iu
const oneWayCode = /^[0-9a-f]{64}$/i

/**
 * scrypt with N = 2^13, r = 8, p = 1 (8 MB) takes some 20 ms. It is computed at once and not by an effect, as an effect would put the
 * passphrase on the disk; so that nobody can stall the bot, it is computed a few times only for one sender, and for all within an hour.
 */
const COST = { N: 2 ** 13, r: 8, p: 1 }
const A_DAY = 86_400_000
const BY_SENDER_A_DAY = 10
const AN_HOUR = 3_600_000
const AN_HOUR_IN_ALL = 100
/** A passphrase needs so many characters, Chinese ones counting twice, … */
const LENGTH = 10
/** … and so many different ones. */
const DIFFERENT = 5

/** A salt for the codes of one installation. */
export function newSalt(): string {
  return randomBytes(16).toString('hex')
}

export class Passphrases {
  readonly #bySender = new Map<string, { since: Millis; count: number }>()
  #hour = { since: -Infinity, count: 0 }

  /**
   * The line without the passphrase, and its code; undefined for every other line.
   * @param salt the installation's
   */
  read(
    { text, from, room, at }: { text: string; from: string; room: string | null; at: Millis },
    salt: () => string,
  ): { text: string; passphrase?: Passphrase } | undefined {
    const [, word = '', typed] = (room === null ? inPrivate : inGroup).exec(text.trim()) ?? []
    if (typed === undefined) return undefined
    // The bare word is left, which the feature answers.
    const plain = word.replace(/^(?:设置|修改|更换|改)/u, '')
    if (question.test(typed)) return { text: plain }
    const isHash = oneWayCode.test(typed.trim())
    const isWeak = !isHash && !isStrong(typed)
    if (isWeak) return { text: plain, passphrase: { kind: 'weak', codes: [] } }
    if (this.#isSpent(from, at)) return { text: plain, passphrase: { kind: 'spent', codes: [] } }
    // Who made the one-way code elsewhere has hashed the text as he typed it, not in its plain form.
    const hashes = isHash ? [typed.trim().toLowerCase()] : [sha256(canonical(typed)), sha256(typed.trim())]
    const codes = [...new Set(hashes)].map((hash) => scryptSync(hash, salt(), 32, COST).toString('hex'))
    return { text: plain, passphrase: { kind: isHash ? 'hash' : 'word', codes } }
  }

  #isSpent(from: string, at: Millis): boolean {
    if (at >= this.#hour.since + AN_HOUR) this.#hour = { since: at, count: 0 }
    for (const [sender, { since }] of this.#bySender) if (at >= since + A_DAY) this.#bySender.delete(sender)
    const own = this.#bySender.get(from) ?? { since: at, count: 0 }
    this.#bySender.set(from, own)
    return ++own.count > BY_SENDER_A_DAY || ++this.#hour.count > AN_HOUR_IN_ALL
  }
}

/** Whether a passphrase is hard to guess: long enough, of several characters, and no mere number. */
function isStrong(typed: string): boolean {
  const characters = [...canonical(typed).replace(/\s/gu, '')]
  const length = characters.reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0)
  return (
    length >= LENGTH &&
    new Set(characters).size >= DIFFERENT &&
    !characters.every((character) => /[\d.\-/年月日]/u.test(character))
  )
}
