// The one normaliser: forms of a text for comparing, and names made safe to show. Nothing here changes what people see of
// a message; every function is linear in its input and reads at most `comparedLength` characters.
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
const spaceOrControl = /[\s\p{Cc}\u2800]+/gu

const simplified = simplifiedTable()
const filtered = new Map<string, string>(filterVariants.flatMap((table) => pairs(table)))
const digits = new Map<string, string>(pairs(wordDigits))
const filteredCharacter = new RegExp(`[${[...filtered.keys()].join('')}]`, 'gu')
const numberRun = new RegExp(`[0-9${[...digits.keys()].join('')}]{6,}`, 'g')
const heartAsLetter = /([微威维]|(?<![a-z])v)[^\p{L}\p{N}]{0,3}?[❤♥♡💗💖💕💓💙💚💛💜🧡🖤🤍](?!\s?[信芯心x])/gu
const plusBeforeContact = /\+(?=[^\p{L}\p{N}]{0,3}[微威维qvw扣叩企a-z])/gu

/**
 * The form of a text in which two texts are compared: width, case, traditional characters, emoji encodings, invisible
 * characters and runs of white space make no difference. Applying it twice changes nothing more.
 * @param text as it came; what stands after 4,096 UTF-16 units is ignored
 */
export function canonical(text: string): string {
  if (isPlain(text)) return text
  const shown = emojiShown(cut(text))
  const once = fold(shown)
  // Composition and case can each make new work for the other; a second pass settles all but contrived texts.
  return simplify(once === shown ? once : fold(once))
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
  const read = text
    .replace(filteredCharacter, (typed) => filtered.get(typed) ?? typed)
    .replace(heartAsLetter, '$1信')
    .replace(plusBeforeContact, '加')
  let joined = read.replace(/[^\p{L}\p{N}]+/gu, separatorLeft)
  for (const [name, spelling] of messengerSpellings) joined = joined.replace(spelling, name)
  joined = joined.replace(/(?<=[\u2e80-\u9fff]) | (?=[\u2e80-\u9fff])/g, '')
  return joined.replace(numberRun, (run) => run.replace(/[^0-9]/g, (typed) => digits.get(typed) ?? typed)).trim()
}

/**
 * A name that can stand inside a message of ours: one line, nothing invisible or reversed, no mention of somebody else,
 * at most 20 graphemes.
 * @param fallback shown when nothing visible is left, in the reader's language
 */
export function cleanName(name: string, fallback = '（无名）'): string {
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

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })
/** Joiners inside a well-formed emoji hold it together; everywhere else they only hide something. */
const visibleOnly = new RegExp(
  `(?<emoji>\\p{RGI_Emoji})|[\\p{Default_Ignorable_Code_Point}\\p{Cs}\\ufff9-\\ufffb]`,
  'gv',
)

/** Printable ASCII in lower case without double spaces is its own canonical form. */
function isPlain(text: string): boolean {
  return text.length <= comparedLength && /^[!-;=?@[-~ ]*$/.test(text) && !/^ | $| {2}/.test(text)
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

/** What remains of a run of separators: nothing beside Chinese, inside numbers and between single letters; else a space. */
function separatorLeft(run: string, at: number, text: string): string {
  const left = text[at - 1]
  const right = text[at + run.length]
  if (left === undefined || right === undefined || !isAlphabetic(left) || !isAlphabetic(right)) return ''
  if (isDigit(left) && isDigit(right)) return ''
  const alone = !isAlphabetic(text[at - 2] ?? ' ') || !isAlphabetic(text[at + run.length + 1] ?? ' ')
  return alone ? '' : ' '
}

/** A letter or digit of a script that puts spaces between words. */
function isAlphabetic(unit: string): boolean {
  if (unit < '\u0080') return (unit >= 'a' && unit <= 'z') || isDigit(unit)
  return unit < '\u2e80' && /[\p{L}\p{N}]/u.test(unit)
}

function isDigit(unit: string): boolean {
  return unit >= '0' && unit <= '9'
}

function pairs(table: Readonly<Record<string, string>>): [typed: string, meant: string][] {
  return Object.entries(table).flatMap(([meant, typed]) => [...typed].map((one): [string, string] => [one, meant]))
}
