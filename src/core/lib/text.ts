// The one normaliser: forms of a text for comparing, and names made safe to show. Nothing here changes what people see of
// a message; every function is linear in its input and reads at most `comparedLength` characters.
import { LRUCache } from 'lru-cache'
import { Converter } from 'opencc-js/t2cn'
import { everydayVariants, filterVariants, messengerSpellings, wordDigits } from './lookalikes.ts'

/** UTF-16 units of a text that take part in comparing; what follows is cut. The longest WeChat text is about this long. */
export const comparedLength = 4096

/** Graphemes of a name that are shown. */
const shownNameLength = 20

/** WeChat's web service writes emoji as these; the digits are one or two code points run together. */
const emojiSpan = /<span class="emoji emoji([0-9a-f]{4,12})"><\/span>/gi
const ignorable = /[\p{Default_Ignorable_Code_Point}\p{Cs}\ufeff\ufff9-\ufffb]/gu
/** Accents laid over a letter until it is unreadable, and keycap frames. Composed letters such as é are one code point and stay. */
const overlaid = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g
const overlays = new RegExp(overlaid.source)
/** What composes with the character before it: marks and the letters that Korean syllables are made of. */
const joins = /[\p{M}\u1100-\u11ff]/u
/** Latin letters, signs and letters in frames, kana and Chinese punctuation, full and half width. */
const usualBlocks = [
  [0x0000, 0x02ff],
  [0x2000, 0x27ff],
  [0x2e80, 0x33ff],
  [0xfe00, 0xffef],
] as const
const spaceOrControl = /[\s\p{Cc}\u2800]+/gu

const simplified = simplifiedTable()

const filtered = new Map<string, string>(filterVariants.flatMap((table) => pairs(table)))
const digits = new Map<string, string>(pairs(wordDigits))

/** In `usualForms`: the unit vanishes; its form depends on others. Neither stands in a canonical text. */
const dropped = 0x0000
const unusual = 0xffff
const space = 0x20
const usualForms = usualTable()
const isWord = /[\p{L}\p{N}]/u
const sign = /^[\p{P}\p{S}\s]$/u
const separator = 0
const otherWord = 1
const letter = 2
const digit = 3
const wordKinds = wordTable()
/** Units with which a character of the `filtered` table begins. */
const replacedUnits = new Uint8Array(0x10000)
for (const typed of filtered.keys()) replacedUnits[typed.charCodeAt(0)] = 1
/** Scratch space of the passes below, which end before another begins. */
const units = new Uint16Array(comparedLength)
const unitBytes = Buffer.from(units.buffer)

const numberRun = new RegExp(`[0-9${[...digits.keys()].join('')}]{6,}`, 'g')
const heart = /[❤♥♡💗💖💕💓💙💚💛💜🧡🖤🤍]/u
const heartAsLetter = /([微威维]|(?<![a-z])v)[^\p{L}\p{N}]{0,3}?[❤♥♡💗💖💕💓💙💚💛💜🧡🖤🤍](?!\s?[信芯心x])/gu
/** A `v` apart, or `微` after 加, that an id follows: 加我v：abc123, 加微 abc123. */
const letterBeforeId =
  /(?:(?<![\p{L}\p{N}]|[a-z])v|(?<=[我加]\s?)[v微])(?=[^\p{L}\p{N}]{1,3}[a-z][a-z0-9_-]{4})|(?<=加)微(?=[a-z][a-z0-9_-]{4})/gu
const plusBeforeContact = /\+(?=[^\p{L}\p{N}]{0,3}[微威维qvw扣叩企a-z])/gu

/**
 * The form of a text in which two texts are compared: width, case, traditional characters, emoji encodings, invisible
 * characters and runs of white space make no difference. Applying it twice changes nothing more.
 * @param text as it came; what stands after 4,096 UTF-16 units is ignored
 */
export function canonical(text: string): string {
  const shown = emojiShown(cut(text))
  const usual = canonicalUsual(shown)
  if (usual !== undefined) return usual
  const once = fold(shown)
  // Composition and case can each make new work for the other; a second pass settles all but contrived texts.
  return simplify(once === shown ? once : fold(once))
}

/** A text without the punctuation, signs and spaces at its end: „签到！“ and „签到 👍“ mean „签到“. */
export function withoutEnd(text: string): string {
  // From the end: a pattern that is anchored at the end is tried at every place of a text full of its characters.
  let end = text.length
  for (;;) {
    const width = end > 1 && isPair(text, end - 2) ? 2 : 1
    if (!sign.test(text.slice(end - width, end))) return text.slice(0, end)
    end -= width
  }
}

/**
 * A stronger form, for the ad filter and its word lists: also separators inside words, look-alike letters, trade variants
 * (薇❤ → 微信, ➕ → 加) and digits written as words are undone. Words of alphabets keep one space between them.
 */
export function squeezed(text: string): string {
  return squeezeCanonical(canonical(text))
}

/** The same for a text that is canonical already: where both forms are wanted, the work is done once. */
export function squeezeCanonical(text: string): string {
  let form = squeezedForms.get(text)
  if (form === undefined) squeezedForms.set(text, (form = squeezedForm(text)))
  return form
}

/** What was squeezed last: one message is read by several, each in its turn. */
const squeezedForms = new LRUCache<string, string>({ max: 8 })

function squeezedForm(text: string): string {
  let read = withTable(text, filtered)
  if (heart.test(read)) read = read.replace(heartAsLetter, '$1信')
  if (read.includes('+')) read = read.replace(plusBeforeContact, '加')
  read = read.replace(letterBeforeId, '微信')
  const apart = joined(read)
  let named = apart
  for (const [name, spelling] of messengerSpellings) named = named.replace(spelling, name)
  // A name that was in Latin letters has left its spaces beside Chinese.
  if (named !== apart) named = named.replace(/(?<=[\u2e80-\u9fff]) | (?=[\u2e80-\u9fff])/g, '')
  return named.replace(numberRun, (run) => run.replace(/[^0-9]/g, (typed) => digits.get(typed) ?? typed)).trim()
}

/**
 * A name that can stand inside a message of ours: one line, nothing invisible or reversed, no mention of somebody else,
 * at most 20 graphemes.
 * @param fallback shown when nothing visible is left, in the reader's language
 */
export function cleanName(name: string, fallback = '（无名）'): string {
  if (plainName.test(name)) return name
  const visible = emojiShown(name.slice(0, 1024))
    .slice(0, 256)
    .replace(visibleOnly, '$<emoji>')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(spaceOrControl, ' ')
    .replace(/[@﹫]/g, '＠')
    .trim()
  const shown = [...graphemes.segment(visible)].map((part) => part.segment)
  if (shown.length > shownNameLength) return `${shown.slice(0, shownNameLength - 1).join('')}…`
  return visible === '' ? fallback : visible
}

/** Names that come out as they are: of letters, digits and Chinese characters. For others a segmenter is needed, which takes its time. */
const plainName = /^[\w.\-\u4e00-\u9fff]{1,20}$/
const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
/** Joiners inside a well-formed emoji hold it together; everywhere else they only hide something. */
const visibleOnly = new RegExp(
  `(?<emoji>\\p{RGI_Emoji})|[\\p{Default_Ignorable_Code_Point}\\p{Cs}\\ufff9-\\ufffb]`,
  'gv',
)

/**
 * The canonical form of a text of usual characters, in one pass over its units; undefined when it holds one whose form
 * depends on its neighbours, and the long way must be gone. Nearly every message comes through here.
 */
function canonicalUsual(text: string): string | undefined {
  let n = 0
  let changed = false
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    const to = usualForms[unit] ?? unusual
    if (to === unusual) {
      const low = text.charCodeAt(i + 1)
      if (!isUsualEmoji(unit, low)) return undefined
      units[n] = unit
      units[n + 1] = low
      n += 2
      i += 1
    } else if (to === dropped || (to === space && (n === 0 || units[n - 1] === space))) {
      changed = true
    } else {
      changed ||= to !== unit
      units[n] = to
      n += 1
    }
  }
  if (units[n - 1] === space && n > 0) {
    n -= 1
    changed = true
  }
  return changed ? textOf(n) : text
}

/** The first `n` of the units at hand as a text. */
function textOf(n: number): string {
  return unitBytes.toString('utf16le', 0, 2 * n)
}

/** Emoji that no step changes; not the letters and digits in frames that the same blocks hold. */
function isUsualEmoji(high: number, low: number): boolean {
  if ((low & 0xfc00) !== 0xdc00) return false
  return high === 0xd83d || (high === 0xd83c && low >= 0xdf00) || (high === 0xd83e && low < 0xdf00)
}

function fold(text: string): string {
  const bounded = text.replace(ignorable, '').replace(/(\p{M}{4})\p{M}+/gu, '$1')
  return cut(bounded.normalize('NFKC')).toLowerCase().replace(overlaid, '').replace(spaceOrControl, ' ').trim()
}

/** At most `comparedLength` units, never half a surrogate pair. */
function cut(text: string): string {
  return text.length <= comparedLength ? text : text.slice(0, comparedLength).replace(/[\ud800-\udbff]$/, '')
}

function emojiShown(text: string): string {
  return text.includes('<') ? text.replace(emojiSpan, (_span, hex: string) => fromHex(hex)) : text
}

/** `1f431` → 🐱, `1f1e81f1f3` → 🇨🇳, `002320e3` → #⃣. */
function fromHex(hex: string): string {
  const parts = hex.length <= 5 ? [hex] : [hex.slice(0, hex.length / 2), hex.slice(hex.length / 2)]
  const points = parts.map((part) => Number.parseInt(part, 16))
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : ''
}

/** Character by character: phrases cannot be told apart in a text meant to deceive, and both sides meet the same table. */
function simplify(text: string): string {
  let changed = ''
  let from = 0
  for (let i = 0; i < text.length; i += 1) {
    const to = simplified[text.charCodeAt(i)]
    if (to === undefined || to === 0) continue
    changed += text.slice(from, i) + String.fromCharCode(to)
    from = i + 1
  }
  return from === 0 ? text : changed + text.slice(from)
}

/** UTF-16 unit → simplified unit, 0 where nothing changes. Built in one conversion of the whole block (about 40 ms). */
function simplifiedTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  const first = 0x3400
  const block = Array.from({ length: 0xa000 - first }, (_, i) => String.fromCharCode(first + i))
  const converted = Converter({ from: 't', to: 'cn' })(block.join('\n')).split('\n')
  for (const [i, to] of converted.entries()) {
    // Results outside the basic plane belong to characters too rare to matter.
    if (to.length === 1 && to !== block[i]) table[first + i] = to.charCodeAt(0)
  }
  for (const [typed, meant] of pairs(everydayVariants)) table[typed.charCodeAt(0)] = meant.charCodeAt(0)
  return table
}

/** UTF-16 unit → what the long way makes of it between any others, for the blocks that messages are written in. */
function usualTable(): Uint16Array {
  const table = new Uint16Array(0x10000).fill(unusual)
  for (let unit = 0x4e00; unit < 0xa000; unit += 1) table[unit] = simplified[unit] || unit
  for (const [first, last] of usualBlocks) {
    for (let unit = first; unit <= last; unit += 1) {
      const char = String.fromCharCode(unit)
      const between = simplify(fold(fold(`a${char}a`)))
      const to = between.slice(1, -1)
      if (to === '' && !overlays.test(char)) table[unit] = dropped
      else if (to.length === 1 && !joins.test(to)) table[unit] = to.charCodeAt(0)
    }
  }
  return table
}

/** Separators taken out: all beside Chinese, inside numbers and between single letters; elsewhere one space remains. */
function joined(text: string): string {
  let n = 0
  let changed = false
  for (let i = 0; i < text.length;) {
    const width = wordWidth(text, i)
    if (width > 0) {
      units[n] = text.charCodeAt(i)
      if (width === 2) units[n + 1] = text.charCodeAt(i + 1)
      n += width
      i += width
      continue
    }
    const from = i
    while (i < text.length && wordWidth(text, i) === 0) i += isPair(text, i) ? 2 : 1
    const kept = keepsSpace(kindAt(text, from - 2), kindAt(text, from - 1), kindAt(text, i), kindAt(text, i + 1))
    if (kept) {
      units[n] = space
      n += 1
    }
    changed ||= !kept || i > from + 1 || text.charCodeAt(from) !== space
  }
  return changed ? textOf(n) : text
}

/** Whether words end and begin here: given what the two units before and the two after are. */
function keepsSpace(beforeLeft: number, left: number, right: number, afterRight: number): boolean {
  if (left < letter || right < letter) return false
  if (left === digit && right === digit) return false
  return beforeLeft >= letter && afterRight >= letter
}

function kindAt(text: string, i: number): number {
  // Beyond either end charCodeAt is NaN, which is no place of the table.
  return wordKinds[text.charCodeAt(i)] ?? separator
}

function isPair(text: string, i: number): boolean {
  return (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
}

/** The characters of a text, each replaced as the table says. */
function withTable(text: string, table: ReadonlyMap<string, string>): string {
  let changed = ''
  let from = 0
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    if ((replacedUnits[unit] ?? 0) === 0) continue
    const char = String.fromCodePoint(text.codePointAt(i) ?? 0)
    const to = table.get(char)
    if (to === undefined) continue
    changed += text.slice(from, i) + to
    from = i + char.length
    i = from - 1
  }
  return from === 0 ? text : changed + text.slice(from)
}

/** UTF-16 unit → separator, letter or digit of a script that puts spaces between words, or another word character. */
function wordTable(): Uint8Array {
  const table = new Uint8Array(0x10000)
  table.fill(otherWord, 0x4e00, 0xa000)
  for (let unit = 0; unit < 0x10000; unit += unit === 0x4dff ? 0x5201 : 1) {
    const char = String.fromCharCode(unit)
    if (!isWord.test(char)) continue
    table[unit] = isDigit(char) ? digit : unit < 0x2e80 ? letter : otherWord
  }
  return table
}

/** Units of the letter or number that begins here; 0 for a separator. */
function wordWidth(text: string, i: number): number {
  if ((wordKinds[text.charCodeAt(i)] ?? separator) !== separator) return 1
  return isPair(text, i) && isWord.test(String.fromCodePoint(text.codePointAt(i) ?? 0)) ? 2 : 0
}

function isDigit(unit: string): boolean {
  return unit >= '0' && unit <= '9'
}

function pairs(table: Readonly<Record<string, string>>): [typed: string, meant: string][] {
  return Object.entries(table).flatMap(([meant, typed]) => [...typed].map((char): [string, string] => [char, meant]))
}
