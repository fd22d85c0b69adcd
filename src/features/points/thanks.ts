// Who helped: a member asks in a group, others speak after that, and one of them is thanked by the one who asked.
import { z } from 'zod'
import { MemberId, type Millis } from '../../core/types/ids.ts'
import type { Said } from '../../core/types/event.ts'
import { canonical } from '../../core/lib/text.ts'

const Question = z.strictObject({ asker: MemberId, at: z.int(), answered: z.array(MemberId) })
/** The questions of one group that may still be answered, the oldest first. */
export const Questions = z.strictObject({ open: z.array(Question) })
type Questions = z.infer<typeof Questions>

/** A question is thanked for within the hour. */
const OPEN_FOR = 3_600_000
/** In a busy group the oldest questions and later answers are let go. */
const MOST_QUESTIONS = 5
const MOST_ANSWERS = 20

const question = /[?？]\s*$|^(请问|求助|谁知道|有没有人|有谁)|(吗|么|呢)[。!！~～\s]*$/u
const thanks = /谢谢|感谢|多谢|谢啦|谢了|\bthank/iu

/**
 * What a message means for the open questions of its group.
 * @param nameOf how a member is called in this group
 * @returns the questions that are open after it (`undefined`: as before), and who was thanked by it
 */
export function listen(
  said: Said,
  before: Questions | undefined,
  now: Millis,
  nameOf: (member: MemberId) => string,
): { after?: Questions; helper?: MemberId } {
  const open = (before?.open ?? []).filter(({ at }) => now - at < OPEN_FOR)
  const own = open.find(({ asker }) => asker === said.from)
  if (own && thanks.test(said.text)) {
    const helper = thanked(said, own.answered, nameOf)
    if (helper) return { after: { open: open.filter((one) => one !== own) }, helper }
  }
  const heard = open.map((one) =>
    one.asker === said.from || one.answered.includes(said.from) || one.answered.length >= MOST_ANSWERS
      ? one
      : { ...one, answered: [...one.answered, said.from] },
  )
  if (question.test(said.text)) {
    const asked = { asker: said.from, at: now, answered: [] }
    return { after: { open: [...heard.filter(({ asker }) => asker !== said.from), asked].slice(-MOST_QUESTIONS) } }
  }
  return heard.some((one, i) => one !== open[i]) ? { after: { open: heard } } : {}
}

/** The one of those who answered who is mentioned or quoted; nobody when two could be meant. */
function thanked(
  said: Said,
  answered: readonly MemberId[],
  nameOf: (member: MemberId) => string,
): MemberId | undefined {
  const text = canonical(said.text)
  const quoted = said.quote && canonical(said.quote.name)
  const named = answered
    .map((member) => ({ member, name: canonical(nameOf(member)) }))
    .filter(({ name }) => text.includes(`@${name}`) || quoted === name)
    .sort((a, b) => b.name.length - a.name.length)
  const [best, next] = named
  return best && best.name !== next?.name ? best.member : undefined
}
