// One line of the playground, from what was typed to what it means. Pure: names are looked up elsewhere.

/** What somebody sends. A path is as typed; empty: a sample. */
export type Sending =
  | { kind: 'text'; text: string }
  | { kind: 'quote'; by: string; quoted: string; text: string }
  | { kind: 'picture' | 'file'; path: string }

/** `where` is a group's name or a part of it, as typed; null: the group one is in just now. */
export type Line =
  | { do: 'send'; who: string; where: string | null; what: Sending }
  | { do: 'join' | 'leave'; who: string[]; where: string | null; qr?: boolean }
  | { do: 'rename'; who: string; where: string | null; name: string }
  | { do: 'go'; where: string }
  | { do: 'wait'; seconds: number }
  | { do: 'clock'; time: string }
  | { do: 'note'; text: string }
  | { do: 'help' | 'nothing' | 'unclear' }

/** Chinese keyboards write wide signs, and both are the same to us. */
const place = String.raw`(?:[@＠]\s*(?<where>[^>＞=＝]*?)\s*)?`
const wait = /^[=＝]\s*(?<seconds>\d+(\.\d+)?)\s*(s|秒)?$/i
const clock = /^[=＝]\s*(?<time>([01]\d|2[0-3])[:：][0-5]\d)$/
const go = /^[@＠]\s*(?<where>[^\s>＞][^>＞]*)$/
const comeOrGo = new RegExp(String.raw`^(?<sign>[+＋\-－])\s*(?<who>[^@＠>＞=＝]+?)\s*${place}$`, 'u')
const send = new RegExp(String.raw`^(?<who>[^@＠>＞=＝]+?)\s*${place}[>＞]\s*(?<what>.+)$`, 'u')
const rename = new RegExp(String.raw`^(?<who>[^@＠>＞=＝]+?)\s*${place}[=＝]\s*(?<name>.+)$`, 'u')
const attachment = /^\[(?<kind>图片|文件|picture|file)(?:\s+(?<path>[^\]]+))?\]$/i
const quote = /^「(?<by>[^：:」]+)[：:](?<quoted>[^」]*)」\s*(?<text>.+)$/

/** @param typed one line; `\n` in what somebody says is a new line of his message */
export function parseLine(typed: string): Line {
  const line = typed.trim()
  if (line === '') return { do: 'nothing' }
  if (line.startsWith('#')) return { do: 'note', text: line.slice(1).trim() }
  if (/^([?？]|help|帮助)$/i.test(line)) return { do: 'help' }
  const seconds = wait.exec(line)?.groups?.seconds
  if (seconds !== undefined) return { do: 'wait', seconds: Number(seconds) }
  const time = clock.exec(line)?.groups?.time
  if (time !== undefined) return { do: 'clock', time: time.replace('：', ':') }
  const going = go.exec(line)?.groups?.where
  if (going !== undefined) return { do: 'go', where: going }

  const moved = comeOrGo.exec(line)?.groups
  if (moved?.who !== undefined) {
    const isJoin = moved.sign === '+' || moved.sign === '＋'
    return { do: isJoin ? 'join' : 'leave', who: moved.who.split(/[\s、，,]+/), where: moved.where ?? null }
  }
  const sent = send.exec(line)?.groups
  if (sent?.who !== undefined && sent.what !== undefined) {
    return { do: 'send', who: sent.who, where: sent.where ?? null, what: parseSending(sent.what) }
  }
  const renamed = rename.exec(line)?.groups
  if (renamed?.who !== undefined && renamed.name !== undefined) {
    return { do: 'rename', who: renamed.who, where: renamed.where ?? null, name: renamed.name }
  }
  return { do: 'unclear' }
}

function parseSending(what: string): Sending {
  const attached = attachment.exec(what)?.groups
  if (attached?.kind !== undefined) {
    const isPicture = /图片|picture/i.test(attached.kind)
    return { kind: isPicture ? 'picture' : 'file', path: attached.path?.trim() ?? '' }
  }
  const text = what.replaceAll('\\n', '\n')
  const quoted = quote.exec(text)?.groups
  if (quoted?.by !== undefined && quoted.quoted !== undefined && quoted.text !== undefined) {
    return { kind: 'quote', by: quoted.by, quoted: quoted.quoted, text: quoted.text }
  }
  return { kind: 'text', text }
}
