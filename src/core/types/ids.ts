// Ids that outlive logins and names, of people, groups and messages, and the instants they are dated with.
import { z } from 'zod'

/** Our own id of a person, which outlives logins and names. */
export const MemberId = z.templateLiteral(['m', z.int().nonnegative()])
export type MemberId = z.infer<typeof MemberId>
/** Our own id of a group, which outlives logins and topics. */
export const GroupId = z.templateLiteral(['g', z.int().nonnegative()])
export type GroupId = z.infer<typeof GroupId>
/** The bot itself, as who gives the commands that it carries out by plan. No person has this id. */
export const BOT: MemberId = 'm0'
/** Milliseconds since 1970, UTC. */
export type Millis = number
/**
 * A message's id: WeChat's number for it, and when it was said, as a number alone may be used again days later.
 * @param at the server's time, which is the same however often the message comes
 */
export function messageId(number: string, at: Millis): string {
  return `${number}@${at}`
}
/** Whether a file is a picture, by its name. */
export function isPictureName(name: string): boolean {
  return /\.(?:png|jpe?g|gif|webp|bmp|heic|tiff?)$/i.test(name.trim())
}
/** WeChat's number in a message's id; ids of older stores are such a number and nothing else. */
export function messageNumber(id: string): string {
  return id.replace(/@\d+$/, '')
}
