// A typed line of a title, things and conditions in any order: `周末福利 10元券x3 车厘子x1 截止 周日20:00 满100人`.
import { distance } from 'fastest-levenshtein'
import { z } from 'zod'
import { counted, prizeCalled } from './argument-prize.ts'
import { quoted, words, type Arg, type FilledArg, type Scene, type TypedWord } from './argument.ts'
import type { GroupView } from './directory.ts'
import type { Prize } from '../money/prize.ts'
import type { Localised } from '../types/localised.ts'
import { canonical } from '../lib/text.ts'
import { Refusal } from '../types/refusal.ts'

/** Names that stand in texts that people copy: nothing that separates parts, and nothing that WeChat changes. */
export const Label = z
  .string()
  .regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} _.%+&()（）《》!！?？~-]{0,18}[\p{L}\p{N}%)）》!！?？])?$/u)
  .describe('名字：20 个字以内，只用字、数字和常用标点')

/** A condition: the words that begin it, the usual one first, and what stands behind it. */
export interface Keyword<V> {
  zh: readonly [string, ...string[]]
  en: readonly [string, ...string[]]
  value: Arg<V>
}
type Keywords = Readonly<Record<string, Keyword<unknown>>>
type Said<K extends Keywords> = {
  [P in keyof K]: K[P]['value'] extends FilledArg<infer V>
    ? V
    : K[P]['value'] extends Arg<infer V>
      ? V | undefined
      : never
}

/** One of the things of a line. `gives` is what the ledger gives for one of it, when it is a coupon or points. */
export interface Thing {
  name: string
  count: number
  gives?: Prize
}

/** What a line says. A condition that is not there is undefined, but for those that have a value of their own. */
export interface Line<K extends Keywords> {
  title: string
  things: Thing[]
  said: Said<K>
}

/** How a line is written. */
export interface LineSpec<K extends Keywords> {
  label: Localised
  example: Localised
  /** `counted`: with how many there are of each; `plain`: choices without a count; `none`. */
  things: 'counted' | 'plain' | 'none'
  /** What a thing is called, such as `奖品`. */
  thing: Localised
  /** How many things there may be, and of each. */
  most?: { things: number; each: number }
  keywords: K
}

/** All that is left of a command's line, read as title, things and conditions. Errors name the one thing that is wrong. */
export function lineArg<K extends Keywords>(spec: LineSpec<K>): Arg<Line<K>> {
  const { label, example } = spec
  return {
    label,
    example,
    optional: false,
    rest: true,
    words: Infinity,
    parse: (typed, scene) => {
      const reader = new LineReader(spec, typed, scene)
      const line = reader.read()
      // The keywords' own arguments made the values.
      return line as Line<K> | Refusal
    },
  }
}

/** A loose count behind a name: `x3`, `×3`, `3张`. */
const looseCount = /^(?:[x×*✕] ?(\d{1,4})|(\d{1,4})(?=[张份个名位盒箱包袋]))(?:[张份个名位盒箱包袋])?$/iu

class LineReader {
  readonly #spec: LineSpec<Keywords>
  readonly #typed: string
  readonly #words: readonly TypedWord[]
  readonly #things: Thing[] = []
  readonly #said = new Map<string, unknown>()
  /** Words that are neither a thing nor part of a condition, by their place. */
  #left: number[] = []
  #scene: Scene

  constructor(spec: LineSpec<Keywords>, typed: string, scene: Scene) {
    this.#spec = spec
    this.#typed = typed
    this.#words = words(typed)
    this.#scene = scene
  }

  read(): { title: string; things: Thing[]; said: Record<string, unknown> } | Refusal {
    const title = this.#title()
    if (title instanceof Refusal) return title
    const place = this.#place()
    if (place) this.#scene = { ...this.#scene.inGroup(place.id), here: place.id }
    for (let at = 1; at < this.#words.length;) {
      const next = this.#part(at)
      if (next instanceof Refusal) return next
      at = next
    }
    const [strange] = this.#left
    if (strange !== undefined) return this.#strange(this.#words[strange]?.text ?? '')
    for (const [name, { value }] of Object.entries(this.#spec.keywords)) {
      if (this.#said.has(name) || !value.absent) continue
      const filled = value.absent(this.#scene)
      if (filled instanceof Refusal) return filled
      this.#said.set(name, filled)
    }
    return this.#tooMany() ?? { title, things: this.#things, said: Object.fromEntries(this.#said) }
  }

  #title(): string | Refusal {
    const [first, second] = this.#words
    const { label, example } = this.#spec
    const cure = { zh: `例如：${example.zh}`, en: `For example: ${example.en}` }
    if (!first) return new Refusal('还没写名称', 'the name is missing', { cure })
    const isThing = this.#spec.things === 'counted' && counted(first.text) !== undefined && second === undefined
    if (!first.isQuoted && (this.#exact(first) !== undefined || isThing)) {
      return new Refusal(
        `「${quoted(first.text)}」前面还没写名称`,
        `the name is missing before “${quoted(first.text)}”`,
        { cure },
      )
    }
    return Label.safeParse(first.text).success ? first.text : noLabel(first.text, label)
  }

  /** The group that a condition names, wherever it stands. */
  #place(): GroupView | undefined {
    for (const [name, { value }] of Object.entries(this.#spec.keywords)) {
      if (!value.isPlace) continue
      for (let at = 1; at < this.#words.length; at++) {
        const begun = this.#begun(at)
        const found = begun?.name === name ? this.#longest(at, begun.glued, value) : undefined
        if (found) return found.value as GroupView
      }
      const only = value.absent?.(this.#scene)
      return only instanceof Refusal ? undefined : (only as GroupView | undefined)
    }
    return undefined
  }

  /** Reads what begins at a word. @returns the place of the word behind it */
  #part(at: number): number | Refusal {
    const word = this.#words[at]
    if (!word) return at + 1
    const begun = word.isQuoted ? undefined : this.#begun(at)
    if (begun && begun.glued === '') return this.#condition(at, begun.name, '')
    const thing = this.#thing(at)
    if (thing instanceof Refusal) return thing
    if (thing) {
      this.#things.push(thing.value)
      return at + thing.count
    }
    if (begun) {
      const keyword = this.#spec.keywords[begun.name]
      const isMeant = /^[\d:：=@＠]/.test(begun.glued) && this.#spec.things !== 'plain'
      if (keyword && (isMeant || this.#longest(at, begun.glued, keyword.value)))
        return this.#condition(at, begun.name, begun.glued.replace(/^[:：=]/, ''))
    }
    const ended = word.isQuoted ? undefined : this.#ended(at)
    if (ended !== undefined) return ended
    if (this.#spec.things === 'plain') this.#things.push({ name: word.text, count: 1 })
    else this.#left.push(at)
    return at + 1
  }

  /** Takes a condition whose keyword begins at a word. @param glued what is written to it without a blank */
  #condition(at: number, name: string, glued: string): number | Refusal {
    const keyword = this.#spec.keywords[name]
    if (!keyword) return at + 1
    const { value } = keyword
    const found = this.#longest(at, glued, value)
    if (found) return this.#set(name, found.value) ?? at + found.count
    // `明天 20:00 截止`
    const before = glued === '' ? this.#before(at, '', value) : undefined
    if (before) return this.#set(name, before.value) ?? at + 1
    return this.#wrongValue(at, glued, keyword)
  }

  #wrongValue(at: number, glued: string, { zh, en, value }: Keyword<unknown>): Refusal {
    const cure = {
      zh: `写法：${zh[0]} ${value.example.zh}`,
      en: `Write: ${en[0]} ${value.example.en}`,
    }
    const follows = glued !== '' || (this.#words[at + 1] !== undefined && !this.#isPart(at + 1))
    if (!follows) {
      return new Refusal(
        `「${zh[0]}」后面还没写${value.label.zh}`,
        `the ${value.label.en} behind “${en[0]}” is missing`,
        { cure },
      )
    }
    const run = this.#run(at, glued, value.words)
    const typed = value.words >= 4 ? (run.at(-1) ?? '') : (run[0] ?? '')
    const wrong = value.parse(typed, this.#scene)
    if (!(wrong instanceof Refusal)) throw new Error('a value that can be taken was refused')
    return wrong.withCure(cure)
  }

  #set(name: string, value: unknown): Refusal | undefined {
    const before = this.#said.get(name)
    if (before !== undefined && !(Array.isArray(before) && Array.isArray(value))) {
      const { zh, en } = this.#spec.keywords[name] ?? { zh: [name], en: [name] }
      return new Refusal(`「${zh[0]}」写了两次，留一个就好`, `“${en[0]}” stands there twice; leave one`, {
        cure: { zh: '删掉一个再发一次', en: 'Send it again with one of them' },
      })
    }
    this.#said.set(name, Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...value] : value)
    return undefined
  }

  /** The texts that a value may be: the words behind a place until something else begins, one, two … of them. */
  #run(at: number, glued: string, most: number): string[] {
    if (most === 0) return glued === '' ? [''] : []
    const texts: string[] = glued === '' ? [] : [glued]
    const first = this.#words[at + 1]
    for (let next = at + 1; texts.length < most && next < this.#words.length; next++) {
      const word = this.#words[next]
      // The first word behind a keyword is its value, whatever it looks like.
      if (!word || (!(glued === '' && next === at + 1) && this.#isPart(next))) break
      if (glued !== '') texts.push(glued + this.#typed.slice(this.#words[at]?.end, word.end))
      else texts.push(next === at + 1 ? word.text : this.#typed.slice(first?.at, word.end))
    }
    return texts
  }

  /** The most words that a value can be. `count` includes the keyword. */
  #longest(at: number, glued: string, value: Arg<unknown>): { value: unknown; count: number } | undefined {
    const texts = this.#run(at, glued, value.words)
    for (let i = texts.length - 1; i >= 0; i--) {
      const found = value.parse(texts[i] ?? '', this.#scene)
      if (!(found instanceof Refusal)) return { value: found, count: value.words === 0 || glued !== '' ? i + 1 : i + 2 }
    }
    return undefined
  }

  /** The value that stands before a keyword, words that nothing else took included. */
  #before(at: number, own: string, value: Arg<unknown>): { value: unknown } | undefined {
    for (let count = Math.min(value.words, this.#left.length); count >= (own === '' ? 1 : 0); count--) {
      const from = at - count
      if (count > 0 && this.#left.at(-count) !== from) continue
      const typed = this.#typed.slice(this.#words[from]?.at, this.#words[at]?.at) + own
      const found = value.parse(typed.trim(), this.#scene)
      if (found instanceof Refusal) continue
      this.#left = this.#left.slice(0, this.#left.length - count)
      return { value: found }
    }
    return undefined
  }

  /** `20:00截止`: a value with its keyword behind it. @returns the place of the next word when it is one */
  #ended(at: number): number | Refusal | undefined {
    const { text = '' } = this.#words[at] ?? {}
    for (const [name, { zh, value }] of Object.entries(this.#spec.keywords)) {
      const end = zh.find((ending) => text.length > ending.length && text.endsWith(ending))
      if (end === undefined || value.words === 0) continue
      const found = this.#before(at, text.slice(0, -end.length), value)
      if (found) return this.#set(name, found.value) ?? at + 1
    }
    return undefined
  }

  #thing(at: number): { value: Thing; count: number } | Refusal | undefined {
    if (this.#spec.things !== 'counted') return undefined
    const word = this.#words[at]
    const next = this.#words[at + 1]
    const loose = next && !next.isQuoted ? looseCount.exec(next.text) : null
    const own = word && !word.isQuoted ? counted(word.text) : undefined
    if (!word || (!loose && !own)) return undefined
    const { name, count } = own ?? { name: word.text, count: Number(loose?.[1] ?? loose?.[2]) }
    const { most = { things: 8, each: 100 } } = this.#spec
    if (!Label.safeParse(name).success) return noLabel(name, this.#spec.thing)
    if (count < 1 || count > most.each) {
      const cure = { zh: `例如：${name}x1`, en: `For example: ${name}x1` }
      return new Refusal(
        `「${quoted(name)}」要有 1 到 ${most.each} 份`,
        `of “${quoted(name)}” there can be 1 to ${most.each}`,
        {
          cure,
        },
      )
    }
    const gives = prizeCalled(name, this.#scene)
    // Points are not counted in sheets: who writes so means what a ticket costs.
    const typed = own ? word.text : `${word.text} ${next?.text ?? ''}`
    if (gives && 'points' in gives && typed.includes('张')) {
      const { points } = gives
      return new Refusal(
        `「${quoted(typed)}」是票价还是奖品`,
        `“${quoted(typed)}” may be the cost of a ticket or a prize`,
        {
          cure: {
            zh: `票价写「票价 ${points}」，奖品写「${points}分x${count}」`,
            en: `For the cost: cost ${points}; for a prize: ${points}分x${count}`,
          },
        },
      )
    }
    return { value: { name, count, ...(gives ? { gives } : {}) }, count: own ? 1 : 2 }
  }

  #tooMany(): Refusal | undefined {
    const { most = { things: 8, each: 100 }, thing } = this.#spec
    if (this.#things.length <= most.things) return undefined
    return new Refusal(
      `${thing.zh}有 ${this.#things.length} 种，最多 ${most.things} 种`,
      `there are ${this.#things.length} ${thing.en}, ${most.things} at most`,
      { cure: { zh: '去掉几种再发一次', en: 'Send it again with fewer' } },
    )
  }

  /** A condition that begins at a word, alone or with its value written to it. */
  #begun(at: number): { name: string; glued: string } | undefined {
    const word = this.#words[at]
    if (!word || word.isQuoted) return undefined
    const exact = this.#exact(word)
    if (exact !== undefined) return { name: exact, glued: '' }
    const begins = Object.entries(this.#spec.keywords).flatMap(([name, { zh, value }]) =>
      value.words === 0
        ? []
        : zh.filter((keyword) => word.text.startsWith(keyword)).map((keyword) => ({ name, one: keyword })),
    )
    const [longest] = begins.sort((a, b) => b.one.length - a.one.length)
    return longest && { name: longest.name, glued: word.text.slice(longest.one.length).replace(/^[:：=]/, '') }
  }

  #exact({ text }: TypedWord): string | undefined {
    const typed = canonical(text).replace(/[:=]$/, '')
    return Object.entries(this.#spec.keywords).find(([, { zh, en }]) =>
      [...zh, ...en].some((keyword) => canonical(keyword) === typed),
    )?.[0]
  }

  /** Whether something else begins there: a condition or a thing. */
  #isPart(at: number): boolean {
    const word = this.#words[at]
    if (!word || word.isQuoted) return false
    if (this.#exact(word) !== undefined) return true
    const begun = this.#begun(at)
    const value = begun && this.#spec.keywords[begun.name]?.value
    if (begun && value && !(value.parse(begun.glued, this.#scene) instanceof Refusal)) return true
    return this.#spec.things === 'counted' && counted(word.text) !== undefined
  }

  #strange(text: string): Refusal {
    const shown = quoted(text)
    const { things, thing, keywords } = this.#spec
    const near = Object.values(keywords).find(({ zh, en }) =>
      [...zh, ...en].some(
        (keyword) => keyword.length > 1 && distance(canonical(text).slice(0, keyword.length), keyword) === 1,
      ),
    )
    if (near) {
      const { example } = near.value
      return new Refusal(
        `「${shown}」没看懂，是不是想写「${near.zh[0]}」？`,
        `“${shown}” is not clear; did you mean “${near.en[0]}”?`,
        {
          cure: { zh: `写法：${near.zh[0]} ${example.zh}`.trim(), en: `Write: ${near.en[0]} ${example.en}`.trim() },
        },
      )
    }
    if (things === 'counted') {
      return new Refusal(
        `「${shown}」没看懂：${thing.zh}要写几份，名称里有空格就加引号`,
        `“${shown}” is not clear: ${thing.en} need their count, and a name with blanks its quotes`,
        { cure: { zh: `例如：${shown}x1`, en: `For example: ${shown}x1` } },
      )
    }
    const names = Object.values(keywords)
    return new Refusal(`「${shown}」没看懂`, `“${shown}” is not clear`, {
      cure: {
        zh: `可以写：${names.map(({ zh }) => zh[0]).join('、')}；名称里有空格就加引号`,
        en: `You may write: ${names.map(({ en }) => en[0]).join(', ')}; a name with blanks needs quotes`,
      },
    })
  }
}

function noLabel(typed: string, label: Localised): Refusal {
  return new Refusal(`「${quoted(typed)}」不能做名字`, `“${quoted(typed)}” cannot be a name`, {
    cure: {
      zh: `${label.zh}：20 个字以内，只用字、数字和常用标点`,
      en: `${label.en}: at most 20 letters, digits and common punctuation`,
    },
  })
}
