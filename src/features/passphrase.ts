// A member's own passphrase (我的口令): set while he is known, it gives him his record back after a login in which nobody knows him.
import { z } from 'zod'
import { feature, featureParts, type ContextOf } from '../core/feature/feature.ts'
import { houseOf } from '../core/feature/house.ts'
import { table } from '../core/feature/tables.ts'
import type { Reply } from '../core/types/effect.ts'
import type { Passphrase } from '../core/types/event.ts'
import type { MemberId } from '../core/types/ids.ts'
import type { SaidWord } from '../core/feature/words.ts'

/** Passphrases of one member that are checked in a day. */
const TRIES = 5

const parts = featureParts({
  config: z.strictObject({}),
  tables: {
    /** How many passphrases somebody typed on a day; the key is the member. */
    noteTries: table(z.strictObject({ day: z.string(), count: z.int() }), { kind: 'note' }),
  },
  words: { passphrase: { say: ['我的口令', '我的暗号'], en: ['my passphrase'], look: true } },
  texts: {
    zh: {
      menu: '「{{passphrase}}」换号、改名后认回自己的积分（私聊设置）',
      how: '口令能在机器人重新登录后帮你认回积分。私聊我发「{{word}} 一句只有你知道的话」就设好了；之后我认不出你时，再发同一句。',
      public:
        '口令别发在群里，大家都看得到，这句不要再用了。私聊我发「{{word}} 一句只有你知道的话」；私聊不了的，在群里发「{{word}}」，后面写那句话的 SHA-256（64 位）。',
      burnt: '这句口令大家都看到了，已经作废。请私聊我换一句。',
      weak: '这句太好猜了。换一句长一点的：至少 5 个汉字或 10 个字母，别只用数字。',
      set: '口令设好了，我只记下它的指纹，不记原话。哪天认不出你，再发一次同一句就能认回积分。',
      setNone: '口令设好了。现在没有以前的记录用这句口令；要是你来认领，可能有字不一样，今天还可以试 {{left}} 次。',
      later: '你的身份还在核对，过几天核对好了再设口令。要认领以前的记录，请发当时设的那一句。',
      wrong: '这句口令对不上。今天还可以试 {{left}} 次；也可以请管理员核对。',
      enough: '今天试得太多了，明天再来，或请管理员核对。',
      other: '这句口令属于另一份记录，我已告诉管理员，请等他们核对。',
      back: '{{name}} 认回来了，现在有 {{points}} 分。',
      backPublic: '{{name}} 认回来了，现在有 {{points}} 分。这句大家都看到了，已经作废，请私聊我换一句。',
      why: '口令认领',
      toldBack:
        '{{name}}（{{from}}）说对了口令，认回了 {{to}} {{before}}：{{points}} 分。不是本人就发 /member split {{to}}。',
      toldEnough: '{{name}}（{{from}}）今天试了 {{count}} 次口令都没对上，已经不再理会，明天才能再试。',
      toldOther:
        '{{name}}（{{from}}）说出了 {{to}} {{before}}（{{points}} 分）的口令，但他自己已是认出的老成员，没有动。',
    },
    en: {
      menu: '“{{passphrase}}” get your points back after a change (set it in a direct message)',
      how: 'A passphrase gives you your points back when I no longer know you after a new login. Send me “{{word}} some sentence that only you know” directly; send the same again when you need it.',
      public:
        'Not in the group, please: everybody can read it, so do not use this one. Send me “{{word}} some sentence” directly; or, here, “{{word}}” and the SHA-256 of the sentence (64 digits).',
      burnt: 'Everybody has seen this passphrase now, so it is void. Please send me another one directly.',
      weak: 'That is too easy to guess. Take a longer one: 10 letters or 5 Chinese characters at least, and not only digits.',
      set: 'Your passphrase is set; I keep a fingerprint of it, not the words. If I do not know you some day, send the same again.',
      setNone:
        'Your passphrase is set. No earlier record has this one; if you meant to claim yours, check the spelling: {{left}} more tries today.',
      later:
        'Who you are is not quite clear yet; set a passphrase in some days. To claim your record, send the one that you had set.',
      wrong: 'That passphrase fits no record. {{left}} more tries today; or ask an admin.',
      enough: 'That was the last try for today. Try again tomorrow, or ask an admin.',
      other: 'That passphrase belongs to another record. I have told the admins; they will look at it.',
      back: '{{name}} is back, with {{points}} points.',
      backPublic:
        '{{name}} is back, with {{points}} points. Everybody has seen this passphrase, so it is void: please send me another one directly.',
      why: 'claimed by passphrase',
      toldBack:
        '{{name}} ({{from}}) knew the passphrase and has the record {{to}} {{before}} back: {{points}} points. If that is somebody else: /member split {{to}}.',
      toldEnough: '{{name}} ({{from}}) typed {{count}} wrong passphrases today; no more are looked at until tomorrow.',
      toldOther:
        '{{name}} ({{from}}) typed the passphrase of {{to}} {{before}} ({{points}} points), but is a known member himself; nothing was changed.',
    },
  },
})
type Cx = ContextOf<typeof parts>

export const passphrase = feature({
  name: 'passphrase',
  summary: { zh: '用口令认回自己的记录', en: 'Claiming one’s record by a passphrase' },
  ...parts,
  menu: (words, _config, text) => [text('menu', words)],
  onWord: {
    passphrase(said, cx) {
      const typed = said.passphrase
      if (!typed) return cx.reply('how', { word: cx.word('passphrase') })
      if (typed.kind === 'weak') return cx.refuse('weak')
      return typed.kind === 'spent' ? cx.refuse('enough') : looked(said, typed, cx)
    },
  },
})

/** A passphrase is set, or claims a record. */
function looked(said: SaidWord, typed: Passphrase, cx: Cx): Reply {
  const { members, today, refuse, reply, tables } = cx
  const { from, group } = said
  const { identities } = houseOf(cx)
  const before = tables.noteTries.get(from)
  const count = before?.day === today ? before.count + 1 : 1
  if (count > TRIES) return refuse('enough')
  tables.noteTries.set(from, { day: today, count })

  const isSeen = group !== null && typed.kind === 'word'
  const { here, absent } = identities.ofPassphrase(typed.codes)
  if (isSeen) for (const owner of [...here, ...absent]) identities.setPassphrase(owner, null)
  const [owner, another] = absent
  // A one-way code was seen in the group: it sets, and never claims.
  if (typed.kind === 'word' && owner !== undefined && another === undefined) return claimed(said, owner, cx)
  if (isSeen) return reply(here.length + absent.length > 0 ? 'burnt' : 'public', { word: cx.word('passphrase') })

  const left = TRIES - count
  const isWaiting = !members.sure(from)
  if (isWaiting && members.level(from) === 'likely') return reply('later')
  if (isWaiting) return left > 0 ? reply('wrong', { left }) : [reply('enough'), told('toldEnough', { count }, from, cx)]
  const [code] = typed.codes
  if (code === undefined) return
  identities.setPassphrase(from, code)
  const { evidence } = members.recognition(from)
  return evidence === undefined && typed.kind === 'word' && left < TRIES - 1 ? reply('setNone', { left }) : reply('set')
}

/** Somebody knows the passphrase of a record that is nobody's in this login. */
function claimed({ from, group }: SaidWord, owner: MemberId, cx: Cx): Reply {
  const { ledger, members, reply, text } = cx
  const house = houseOf(cx)
  const { evidence } = members.recognition(from)
  const about = { to: owner, before: members.name(owner), points: ledger.balance(owner) }
  const isOther = evidence !== undefined && members.sure(from)
  if (isOther) return [reply('other'), told('toldOther', about, from, cx)]
  // Who was taken for somebody else leaves that record where it was.
  const own = evidence === undefined ? from : house.identities.split(from)
  if (own === undefined || !house.join(own, owner, 'word', text('why'))) return reply('wrong', { left: 0 })
  const name = members.name(owner, group)
  const points = ledger.balance(owner)
  return [
    reply(group === null ? 'back' : 'backPublic', { name, points }),
    told('toldBack', { ...about, points }, from, cx),
  ]
}

function told(
  key: 'toldBack' | 'toldEnough' | 'toldOther',
  vars: Record<string, string | number>,
  from: MemberId,
  { members, say, text }: Cx,
) {
  const all = { to: '', before: '', points: 0, count: 0, ...vars, from, name: members.name(from) }
  return say('control', text(key, all), { priority: 'news' })
}
