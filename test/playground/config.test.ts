import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { quickened } from '../../src/playground/config.ts'

const quick = { gapSeconds: 0.5, quiet: false }

describe('the quickened bot.yaml', () => {
  it('replaces what is there and leaves every other line where it is', () => {
    const text = 'language: en # mine\nsending:\n  # slow\n  gapSeconds: 3\n  quiet:\n    from: "22:00"\n\nbotName: A\n'
    const changed = quickened(text)
    expect(parse(changed)).toMatchObject({ language: 'en', botName: 'A', sending: quick })
    expect(changed.split('\n').indexOf('botName: A')).toBe(text.split('\n').indexOf('botName: A'))
  })

  it.each(['botName: A', 'botName: A\nsending:\n', 'sending: {gapSeconds: 2}\nbotName: A'])('works for %j', (text) => {
    expect(parse(quickened(text))).toMatchObject({ botName: 'A', sending: quick })
  })

  it.each(['botName: "A\nsending:\n  gapSeconds: 1', '- a\n- b', ''])('leaves %j to the bot to refuse', (text) => {
    expect(quickened(text)).toBe(text)
  })
})
