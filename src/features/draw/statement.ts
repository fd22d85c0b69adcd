// The lines that make a draw checkable, as they are posted and pasted into scripts/verify-draw.mjs.
import type { Reply } from '../../core/types/effect.ts'
import type { MemberId } from '../../core/types/ids.ts'
import { ticketName } from './proof.ts'
import type { Content, Cx, Draw } from './records.ts'

// Not among the texts that operators may reword: the script finds the lines by these labels.
const labels = {
  zh: {
    head: '抽奖',
    rules: '规则',
    commitment: '承诺',
    list: '名单',
    outside: '外部数',
    seed: '种子',
    winners: '中奖',
    skipped: '跳过',
    rerolled: '补抽',
    colon: '：',
    semicolon: '；',
  },
  en: {
    head: 'Draw',
    rules: 'Rules',
    commitment: 'Commitment',
    list: 'List',
    outside: 'Outside number',
    seed: 'Seed',
    winners: 'Winners',
    skipped: 'Skipped',
    rerolled: 'Rerolled',
    colon: ': ',
    semicolon: '; ',
  },
} as const
type Part = Exclude<keyof (typeof labels)['zh'], 'colon' | 'semicolon' | 'head'>

/** One labelled line, `承诺：3fa9…`. */
export function labelled(part: Part, value: string, { language }: Pick<Cx, 'language'>): string {
  return `${labels[language][part]}${labels[language].colon}${value}`
}

const skippedFor = {
  left: 'skippedLeft',
  unsure: 'skippedUnsure',
  limit: 'skippedLimit',
  warned: 'skippedWarned',
} as const

/** `T0005 已退群；T0009 身份没核对上` */
export function skippedText(skipped: Content['skipped'], { text, language }: Cx): string {
  return skipped
    .map(({ ticket, why }) => `${ticketName(ticket)} ${text(skippedFor[why])}`)
    .join(labels[language].semicolon)
}

/** All that was posted about a draw, as far as it has come; the seed only once it is drawn. */
export function statement({ no, phase, content }: Draw, cx: Cx): string {
  const { language, text } = cx
  const isDrawn = phase === 'settled'
  const line = (part: Part, value: string) => (value === '' ? [] : [labelled(part, value, cx)])
  const rerolled = content.rerolls.map(({ from, to, why }) => `${ticketName(from)}>${ticketName(to)} ${why}`)
  return [
    text('statement', { title: `${labels[language].head} #${no}` }),
    ...line('rules', content.rules),
    ...line('commitment', content.commitment),
    ...line('list', content.list ?? ''),
    ...line('outside', content.mixed),
    ...(isDrawn ? line('seed', secretOf(no, cx).seed) : []),
    ...line('winners', content.winners.map(ticketName).join(' ')),
    ...line('skipped', skippedText(content.skipped, cx)),
    ...line('rerolled', rerolled.join(labels[language].semicolon)),
    isDrawn
      ? text('statementHow', { word: cx.word('check'), no })
      : text(phase === 'cancelled' ? 'statementCancelled' : 'statementLater'),
  ].join('\n')
}

/** The secret of a draw, and the outside number with which it was drawn already. @throws when there is none. */
export function secretOf(no: number, { tables }: Cx): { seed: string; drawnWith: string | null } {
  const secret = tables.noteSeeds.get(String(no))
  if (!secret) throw new Error(`draw ${no} has no seed`)
  return secret
}

/** Tickets of a list on one page: about what fits into one message. */
const PAGE = 80
/** How long a list stands in a group before it is shown there again, in milliseconds. */
const SHOW_AGAIN_AFTER = 10 * 60_000

/** One page of the frozen list; undefined before the closing or when there is no such page. */
export function listPage(no: number, page: number, { tables, text }: Cx): string | undefined {
  const lines = tables.lists.get(String(no))?.lines
  const shown = lines?.slice((page - 1) * PAGE, page * PAGE) ?? []
  if (!lines || shown.length === 0) return undefined
  const head = text('list', { no, count: lines.length, page, pages: Math.ceil(lines.length / PAGE) })
  return [head, ...shown].join('\n')
}

/** Answers `验证 12`, `验证 12 名单` and `验证 12 名单 2`; anything else is left alone. */
export function check(rest: string, from: MemberId, drawOf: (no: number) => Draw | undefined, cx: Cx): Reply {
  const { members, tables, now, hint, refuse, replyText } = cx
  const [, number, list, page] = /^#?(\d{1,9})(?: ?(名单|list)(?: ?(\d{1,3}))?)?$/.exec(rest) ?? []
  if (number === undefined) return
  const draw = drawOf(Number(number))
  const group = draw?.groups.find((one) => members.isIn(from, one))
  if (!draw || !group) return refuse('noDraw', { no: number.slice(0, 9) })
  const there = cx.inGroup(group)
  if (list === undefined) return replyText(statement(draw, there))
  const text = listPage(draw.no, Number(page ?? 1), there)
  if (text === undefined) return refuse('noList', { no: draw.no })
  if (cx.group) {
    const key = `${draw.no}/${page ?? 1}`
    if (now - (tables.noteShown.get(key)?.at ?? 0) < SHOW_AGAIN_AFTER) return hint('listShown', { no: draw.no })
    tables.noteShown.set(key, { at: now })
  }
  return replyText(text)
}
