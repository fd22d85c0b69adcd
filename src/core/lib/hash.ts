// Hashes that anybody can recompute with nothing but Node: over UTF-8 texts, written in hex.
import { createHash, createHmac } from 'node:crypto'
import type { Random } from './random.ts'

/** SHA-256. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** @param key in hex */
export function hmacSha256(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex')
}

/** A secret of 256 bits, in hex. */
export function newSecret(random: Random): string {
  return Array.from({ length: 8 }, () =>
    random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('')
}
