// Whether somebody asks what happens to who breaks the rules, as people write it: 发广告会怎么罚, 刷屏会被踢吗.
import { canonical } from '../../core/lib/text.ts'

/** Longer texts tell something; a question about a penalty is short. */
const LONGEST = 30

const offence = /广告|刷屏|骂人|吵架|违规|违反|犯规|乱发|发链接|advert|\bads?\b|spam|flood|insult/
/** What is asked for: a penalty, or what happens then. */
const penalty =
  /罚|处理|处置|后果|下场|被?踢|请出|请离|移出|禁言|警告|扣分|怎么样|怎样|咋样|怎么办|penalt|punish|happen|kick|remove|warn/
const asks = /怎|咋|什么|啥|几次|多少|吗|么$|会不会|是不是|有没有|how|what|many|would|will|do (?:i|you|we)|\?$/
/** Somebody who complains that nothing is done asks no question about the rules, nor does who is addressed by name. */
const complains = /没人|不管|不处理|不踢|为什么|为啥|凭什么|怎么还|怎么不|怎么没|又发|@/

export function asksAboutPenalties(said: string): boolean {
  const text = canonical(said)
  if ([...text].length > LONGEST || complains.test(text)) return false
  return offence.test(text) && penalty.test(text) && (asks.test(text) || said.trim().endsWith('？'))
}
