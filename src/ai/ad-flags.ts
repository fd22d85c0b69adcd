// What the ad filter's lists and patterns, the shipped and the operator's, have against a text of the language model.
import { Config, prepare } from '../features/moderation/settings.ts'
import { signals, type Watch } from '../adfilter/signals.ts'

/** Signals of the text itself: contacts, links, lists and patterns. The learned model judges whole chats, not a shop's own words. */
const counted = /^(?:wechat|qq|phone|link|words:|pattern:)/

/**
 * @param config the ad filter's settings as they are now
 * @returns the names of the signals; made ready once for settings that stay the same
 */
export function adFlags(config: () => unknown): (text: string) => string[] {
  let madeOf: unknown
  let watch: Watch | undefined
  return (text) => {
    const now = config()
    if (!watch || now !== madeOf) watch = prepare(Config.parse(now)).watch
    madeOf = now
    return signals(watch, { text })
      .map(({ name }) => name)
      .filter((name) => counted.test(name))
  }
}
