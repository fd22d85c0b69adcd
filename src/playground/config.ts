// The playground's copy of the config folder: the operator's own, only quicker to send.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isNode, parseDocument } from 'yaml'

/** The shortest gap and the widest budgets that `bot.yaml` allows; and at night one wants to play too. */
const quick =
  '{ gapSeconds: 0.5, jitterSeconds: 0, perMinute: 60, perHour: 1000, perDay: 5000, perGroupPerMinute: 60, quiet: false }'

/** Makes `copy` the same as `folder` but for `sending` in `bot.yaml`. */
export function copyConfig(folder: string, copy: string): void {
  if (existsSync(copy)) {
    for (const name of readdirSync(copy))
      if (!existsSync(join(folder, name))) rmSync(join(copy, name), { recursive: true })
  }
  const bot = join(folder, 'bot.yaml')
  cpSync(folder, copy, { recursive: true, filter: (path) => path !== bot })
  if (existsSync(bot)) writeFileSync(join(copy, 'bot.yaml'), quickened(readFileSync(bot, 'utf8')))
}

/** The text of `bot.yaml` with `sending` replaced, each other line where it was, so that errors name the right one. */
export function quickened(text: string): string {
  const { contents, errors } = parseDocument(text)
  // The bot tells what is wrong with it.
  if (errors.length > 0 || !isMap(contents)) return text
  const sending = contents.get('sending', true)
  if (!isNode(sending) || !sending.range) return `${text.trimEnd()}\nsending: ${quick}\n`
  const [start, end] = sending.range
  const lines = text.slice(start, end).split('\n').length - 1
  return `${text.slice(0, start)} ${quick}${'\n'.repeat(lines)}${text.slice(end)}`
}
