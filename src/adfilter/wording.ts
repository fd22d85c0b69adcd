// The words of a text that are known from advertisements by themselves, so that they can be quoted as a reason.
import { withoutContacts } from './contacts.ts'
import { strongestRun, type Model } from './model.ts'

/** Weight of a few words' own pieces from which they are a reason by themselves. */
const knownWording = 1.5
/** Shorter texts (squeezed) are too few words to be known by them. */
const shortestWording = 5
/** Below this length each unit less asks for more weight. */
const usualWording = 8

/** Asks others to get in touch, without a contact. */
export const call =
  /私[我聊信]我?|滴滴我|(?<![a-z])dd(?![a-z])|[扣打敲留]1|扫码|[下图]中?的?码|二维码|加我|找我|联系我|戳|嘀我|喊我|微我|点我|看我|头像|朋友圈|拉你|进群|有意|想了解|感兴趣|要的来|来电|主页|关注|搜/

/** To ask for an answer is no reason by itself: neighbours who sell a sofa do. What is offered must be. */
const calls = new RegExp(`(?:有需要|需要|想要|有意向?|感兴趣|要)?的?(?:请|可以|就|都)?(?:${call.source})`, 'g')

/** One code or number and nothing else: no words. */
const idOnly = /^(?=.*\d)[a-z0-9 ]+$/

/** @param meant squeezed @returns the words and the logit that they have alone; undefined when none are known well enough */
export function knownWords(model: Model, meant: string): { words: string; weight: number } | undefined {
  if (idOnly.test(meant)) return undefined
  const parts = withoutContacts(meant).split(calls)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length < shortestWording) return undefined
  const best = strongest(model, parts)
  const fewer = Math.max(0, usualWording - length)
  return best.weight < knownWording + 0.3 * fewer ? undefined : best
}

/** The words of these parts that alone speak most for an advertisement. */
function strongest(model: Model, parts: readonly string[]): { words: string; weight: number } {
  let best = { words: '', weight: 0 }
  for (const part of parts) {
    const { from, to, weight } = strongestRun(model, part)
    if (weight > best.weight) best = { words: part.slice(from, to), weight }
  }
  return best
}
