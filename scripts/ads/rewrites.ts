// Rewrites that advertisers use against filters: to train against, and to measure how much recall is lost.
import { Converter } from 'opencc-js/cn2t'
import { pinyin } from 'pinyin-pro'

/** Deterministic chance for one text: the same text is always rewritten the same way. */
export function chanceFor(text: string, salt: number): () => number {
  let state = salt | 1
  for (const unit of text) state = Math.imul(state ^ unit.charCodeAt(0), 16777619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type Rewrite = (text: string, chance: () => number) => string

const traditional = Converter({ from: 'cn', to: 't' })
const han = /[\u4e00-\u9fff]/
const emoji = [...'😀🔥💰❤️✅👉🎁💥🌟🍀']

/** Common characters by how they are read, without tone: built from the two levels of the national standard GB 2312. */
export const soundGroups: ReadonlyMap<string, readonly string[]> = soundGroupsOf(gb2312(0xb0, 0xd7))

/** Every character of GB 2312 whose lead byte lies in the range. */
export function gb2312(firstLead: number, lastLead: number): string[] {
  const decoder = new TextDecoder('gb18030')
  const found: string[] = []
  for (let lead = firstLead; lead <= lastLead; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) found.push(decoder.decode(Uint8Array.of(lead, trail)))
  return found.filter((char) => han.test(char))
}

export function soundGroupsOf(characters: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const char of characters) {
    const sound = soundOf(char)
    groups.set(sound, [...(groups.get(sound) ?? []), char])
  }
  return groups
}

export function soundOf(character: string): string {
  return pinyin(character, { toneType: 'none' })
}

const between =
  (mark: (chance: () => number) => string, share: number): Rewrite =>
  (text, chance) =>
    [...text].map((char) => (chance() < share ? char + mark(chance) : char)).join('')

const soundCache = new Map<string, readonly string[]>()

/** Replaces a share of the Chinese characters by others of the same sound. */
export const homophones =
  (share: number): Rewrite =>
  (text, chance) =>
    [...text]
      .map((char) => {
        if (!han.test(char) || chance() >= share) return char
        let same = soundCache.get(char)
        if (same === undefined) soundCache.set(char, (same = soundGroups.get(soundOf(char)) ?? []))
        return same[Math.floor(chance() * same.length)] ?? char
      })
      .join('')

/** The rewrites by name. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  dots: between((chance) => (chance() < 0.5 ? '.' : '·'), 1),
  spaces: between(() => ' ', 1),
  emoji: between((chance) => emoji[Math.floor(chance() * emoji.length)] ?? '', 0.5),
  'zero-width': between(() => '\u200b', 1),
  'full width': (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  traditional: (text) => traditional(text),
  'homophones 30 %': homophones(0.3),
}
