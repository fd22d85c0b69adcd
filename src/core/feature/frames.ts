// What may stand around a word without changing what is meant: 我要签到, 签到啦, 帮我查下积分, 怎么玩骰子. A closed list, so that a message which says more is talk.

/** What pieces of a frame say of the word, as bits. */
export const frame = {
  /** It is looked up: 查, 看看, 有多少. */
  look: 1,
  /** It is played or taken part in: 玩, 参加. */
  play: 2,
  /** Its way is asked for: 怎么, 在哪. Only of the bot. */
  how: 4,
  /** It is asked whether it may be: 能…吗. Only of the bot. */
  may: 8,
  /** It is asked whether there is any: 我还有…吗. Only where it is looked up. */
  any: 16,
} as const

/** Pieces are separated by blanks; `_` stands for a blank inside one. */
const list = (words: string) =>
  words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replaceAll('_', ' '))
const measures = list('个 一个 下 一下 一下子 次 一次 把 一把 张 一张 局 一局 盘 一盘 轮 一轮 回 一回')
const both = [
  ...measures,
  ...list(`今天 今日 今日份 今日份的 今天的 今日的 今儿 现在 早 早安 早上好 大家早 大家早上好 大家好 上午好 中午好 下午好 晚上好 各位早 各位早上好 新的一天 每日
    哈哈 哈哈哈 嘿嘿 嘻嘻 嗯 嗯嗯 好 好的 好吧 好嘞 行 ok 那 哦 麻烦 麻烦了 拜托 拜托了 请 试试 试一下 试一试 快 快点 赶紧 我来
    早呀 早啊 早哇 午安 晚安 各位好 各位早安 呀 啊 哈 啦 咯 喽 哟 哇 嘿 喂 诶 欸 嗨 哈喽 先 +1
    机器人 小助手 助手 群助手 小机器人 打卡 报到 开始 冒泡 冒个泡 please pls now today daily hi hello hey morning
    good_morning good_afternoon good_evening everyone everybody all`),
]
const before =
  list(`我 俺 我们 咱 咱们 本人 帮 帮我 帮忙 帮下 给我 给 替我 让我 要 想 想要 需要 来 去 也 也要 也来 也想 先 再 再来 继续 接着 赶快
  快来 马上 就 那就 直接 点 点下 点击 打开 执行 进行 顺便 然后 发起 使用 用 该我 轮到我 群主我 管理员我 老板我 店长我 i_want_to i_wanna i'd_like_to i’d_like_to i_would_like_to want_to
  i_want wanna let_me lets let's let’s the a an my me for do some one open`)
const after =
  list(`啦 了 喽 咯 哈 呀 啊 吧 呗 哦 噢 喔 嘞 哇 哟 耶 哒 捏 诶 欸 呐 哩 滴 的 来 来了 来啦 来咯 来一个 来一把 来一局 来一张 来一次 来个 来把
  走起 走一个 走一波 走你 冲 冲冲 冲冲冲 谢谢 thanks thank_you thx 谢啦 谢了 谢谢啦 谢谢了 多谢 感谢 辛苦了 辛苦啦 玩 玩玩 玩一下 我来了 我来啦 加油 加我 加我一个 算我一个 带我一个 pls one again`)
const lookBefore =
  list(`查 查查 查询 查看 查下 查一查 看 看看 看下 看一看 看一眼 瞧瞧 瞅瞅 显示 找 找下 叫 告诉我 我的 自己的 有多少 有几 有几张 有几个 有什么
  有啥 有哪些 还有啥 我还有啥 还有几 还剩几 还有多少 还有几张 还有什么 还有哪些 还剩多少 还剩几张 还剩 剩多少 剩下多少 一共 总共 共 共有多少 一共有多少 多少 几张 哪些 有没有什么 我有 我还有 我有没有 我还有没有 我现在有 我有多少张 有多少张 还有多少张 请问 问下 问一下 想问 想问下 想问一下
  想知道 我想知道 我想看 show show_me see check how_many how_much what what_are what's what’s do_i_have do_i_still_have any`)
const lookAfter =
  list(`呢 多少 有多少 是多少 还有多少 还剩多少 剩多少 剩下多少 有几分 几分 有几张 有几个 有哪些 有什么 查询 查一下 查下 查查 查看 看一下 看看 看下
  发一下 发下 发我 发来 发出来 发我看看 给我看看 给我看下 我看看 我看下 在哪 在哪里 在哪儿 在哪看 在哪里看 在哪查 在哪里查 给我看 还有几张 还有多少张 有多少张 还有几个 还有啥 有啥 可以参加 能参加 可以玩 能玩
  do_i_have i_have have_i are_there is_there do_i_have_left left`)
const anyAfter = list('吗 么 嘛 没 没有 不')
/** 投个, 摇一次, 来一把: a verb of playing with its measure. */
const played = [...'掷扔丢摇投抛甩刮抽玩来'].flatMap((verb) =>
  ['个', '一个', '一下', '一次', '一把'].map((measure) => verb + measure),
)
const playBefore =
  list(`玩 玩个 玩玩 玩一下 玩会 参加 参与 加入 报名 开一局 开一把 来一局 来一把 整 整个 搞 掷 扔 丢 摇 投 抛 刮 比 抽 买 领 接 试
  甩 ${played.join(' ')} play join enter start take throw buy get use count_me_in_for count_me_in`)
const howBefore =
  list(`怎么 怎样 怎么样 怎么才能 怎么去 怎么来 如何 咋 咋个 咋样 教我 教教我 请教 请问 问 问下 问一下 想问 想问下 想问一下 想知道 我想知道
  在哪 在哪里 在哪儿 哪里 哪儿 去哪 去哪里 从哪 什么是 啥是 说说 介绍 介绍一下 讲讲 what's what is how do can where`)
const howBetween = list(
  '玩 用 使用 参加 参与 弄 操作 赚 得 得到 获得 拿 领 领取 做 才能 能 可以 查 看 进 打开 打 点 搞 的 要 发 有',
)
const howAfter =
  list(`怎么 怎么玩 怎么用 怎么弄 怎么查 怎么看 怎么参加 怎么参与 怎么操作 怎么搞 怎么做 怎么领 怎么赚 怎么得 怎么获得 怎么来 怎么打 怎么签 怎么抽 怎么刮 怎么换
  怎么进 怎么发 怎么退 咋玩 咋用 咋弄 咋查 咋看 咋参加 咋整 如何玩 如何用 如何参加 如何查 在哪 在哪里 在哪儿 在哪玩 在哪签 在哪抽 在哪换 规则 的规则 规则是什么 玩法 的玩法 说明
  是什么 是啥 是什么意思 什么意思 啥意思 有什么用 有啥用 是干什么的 是干嘛的 干嘛的 的方法 方法 的办法 吗 么 呢 要怎么 应该怎么 要怎么玩 work`)
const mayBefore = list(
  '能 能帮我 能不能 能不能帮我 可以 可以帮我 可不可以 可不可以帮我 可否 能否 我能 我可以 可以给我 能给我 can_you can_i could_you may_i',
)
const mayAfter = list('吗 么 嘛 不 可以吗 行吗 好吗 好不好 行不行 可以不 吗谢谢')

/** Pieces of a frame that stand before a word or after it: by their first character, with what they say. */
type Pieces = ReadonlyMap<string, readonly (readonly [piece: string, bits: number])[]>

const piecesBehindObjects = pieces([[[...after, ...list('谢谢 拜托 请 麻烦了 please pls thanks thx')], 0]])
const piecesBefore = pieces([
  [[...both, ...before], 0],
  [lookBefore, frame.look],
  [playBefore, frame.play],
  [[...howBefore, ...howBetween.map((verb) => `怎么${verb}`), ...howBetween.map((verb) => `如何${verb}`)], frame.how],
  [mayBefore, frame.may],
])
const piecesAfter = pieces([
  [[...both, ...after], 0],
  [lookAfter, frame.look],
  [howAfter, frame.how],
  [mayAfter, frame.may],
  [anyAfter, frame.any],
])
const sign = /^[\p{P}\p{S}\p{M}\s\u200d]$/u
const latin = /[a-z0-9]/

/** Ways to read one side of a word: for each place of the text, what pieces between it and the text's end (or beginning) may say. */
export type Side = readonly (ReadonlySet<number> | undefined)[]

/** Places that nothing but pieces of a frame leads to from the beginning. @param text in canonical form, short */
export function framesBefore(text: string): Side {
  const side: (Set<number> | undefined)[] = Array.from({ length: text.length + 1 })
  side[0] = new Set([0])
  for (let at = 0; at < text.length; at += 1) {
    const here = side[at]
    if (!here) continue
    for (const [end, bits] of steps(text, at, piecesBefore)) add(side, end, here, bits)
  }
  return side
}

/** Places from which nothing but pieces of a frame leads to the end. @param text in canonical form, short */
export function framesAfter(text: string, among: Pieces = piecesAfter): Side {
  const side: (Set<number> | undefined)[] = Array.from({ length: text.length + 1 })
  side[text.length] = new Set([0])
  for (let at = text.length - 1; at >= 0; at -= 1) {
    for (const [end, bits] of steps(text, at, among)) {
      const there = side[end]
      if (there) add(side, at, there, bits)
    }
  }
  return side
}

/** What stands behind a word, without measures before it and particles after it: `一下昨天的吧` → `昨天`. */
export function objectOf(rest: string): string {
  const end = framesAfter(rest, piecesBehindObjects).findIndex((bits, at) => at > 0 && bits?.has(0))
  const cut = rest.slice(0, end === -1 ? undefined : end).replace(/^(?:一下|下|一次|了)(?=.)/u, '')
  return cut.trim()
}

/** Whether a word may begin or end here: a Latin one not inside another. */
export function isEdge(text: string, at: number): boolean {
  return at <= 0 || at >= text.length || !latin.test(text.charAt(at - 1)) || !latin.test(text.charAt(at))
}

/** 签到 → 签个到, 签一下到, 签签到: what people put into a word that is a doing. */
export function opened(word: string): string[] {
  if (!/^\p{Script=Han}{2,}$/u.test(word)) return []
  const [first = '', ...more] = word
  return [...measures, first].map((measure) => first + measure + more.join(''))
}

function* steps(text: string, at: number, side: Pieces): Generator<readonly [end: number, bits: number]> {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
  // A # before a word opens a text of WeChat's own, such as #接龙.
  if (sign.test(char) && char !== '#') yield [at + char.length, 0]
  for (const [piece, bits] of side.get(text.charAt(at)) ?? []) {
    const end = at + piece.length
    if (text.startsWith(piece, at) && isEdge(text, at) && isEdge(text, end)) yield [end, bits]
  }
}

function add(side: (Set<number> | undefined)[], at: number, from: ReadonlySet<number>, bits: number) {
  const to = (side[at] ??= new Set())
  for (const before of from) to.add(before | bits)
}

function pieces(groups: readonly (readonly [readonly string[], number])[]): Pieces {
  const by = new Map<string, [string, number][]>()
  for (const [words, bits] of groups)
    for (const word of words) {
      const first = word.charAt(0)
      by.set(first, [...(by.get(first) ?? []), [word, bits]])
    }
  return by
}
