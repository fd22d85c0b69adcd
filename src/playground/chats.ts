// What the playground's page shows: everything that was said and done, and who is where.
import { imageSize } from 'image-size'
import type { Millis } from '../core/types/ids.ts'
import type { World } from '../standin/world.ts'
import { pageTexts } from './page-texts.ts'
import type { Attached, Chat, Shown, Stage } from './stage.ts'
import { controlSections, memberSections, type Section } from './suggestions.ts'

/** Pictures that a browser may show; all else is only handed out as a file. */
const shownTypes: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' }

export interface Entry {
  id: number
  chat: Chat
  /** Milliseconds of the playground's clock. */
  at: Millis
  who: string | null
  /** As the others saw it then. */
  name: string
  text: string
  quote?: { name: string; text: string }
  attached?: { name: string; bytes: number; picture?: { width: number; height: number } }
  done?: true
  lost?: true
}

export interface Media {
  /** undefined: for downloading only. */
  type: string | undefined
  bytes: Uint8Array
}

interface ChatState {
  id: Chat
  name: string
  kind: 'group' | 'control' | 'direct'
  people: { id: string; name: string }[]
  sections: Section[]
}

/** All that the page needs to know besides what was said. */
export interface State {
  language: 'zh' | 'en'
  timezone: string
  texts: (typeof pageTexts)['zh']
  bot: string
  boss: string
  phase: 'starting' | 'ready'
  /** What the bot's console said last. */
  notice: { id: number; text: string; wrong: boolean } | null
  chats: ChatState[]
}

export class Chats {
  readonly entries: Entry[] = []
  phase: State['phase'] = 'starting'
  notice: State['notice'] = null
  readonly #media = new Map<number, Attached>()
  readonly #world: World
  readonly #stage: Stage
  readonly #now: () => Millis

  constructor(world: World, stage: Stage, now: () => Millis) {
    this.#world = world
    this.#stage = stage
    this.#now = now
  }

  /** Keeps what was shown; what is meant only for who typed is none of it. */
  add({ chat, who, text, attached, quote, done, lost }: Shown): void {
    if (chat === null) return
    const id = this.entries.length
    if (attached) this.#media.set(id, attached)
    this.entries.push({
      id,
      chat,
      at: this.#now(),
      who,
      name: who === null ? '' : this.#nameOf(who, chat),
      text,
      ...(quote && { quote: { name: this.#nameOf(quote.by, chat), text: quote.text } }),
      ...(attached && { attached: { name: attached.name, bytes: attached.bytes.length, ...pictureOf(attached) } }),
      ...(done && { done }),
      ...(lost && { lost }),
    })
  }

  media(id: number): Media | undefined {
    const attached = this.#media.get(id)
    return attached && { bytes: attached.bytes, type: typeOf(attached.bytes) }
  }

  get state(): State {
    const { settings, control, boss } = this.#stage
    const { bot, groups, people } = this.#world
    const managed = new Set(settings.groups.map(({ name }) => name))
    const inGroup: ChatState[] = [...groups.values()].map(({ handle, topic, members }) => {
      const isControl = handle === control
      return {
        id: `group:${handle}`,
        name: topic,
        kind: isControl ? 'control' : 'group',
        people: [...members.keys()]
          .filter((person) => person !== bot)
          .map(({ handle: id, nickname }) => ({ id, name: this.#nameOf(id, `group:${handle}`) || nickname })),
        sections: isControl ? controlSections(settings) : managed.has(handle) ? memberSections(settings, handle) : [],
      }
    })
    const talked = new Set(this.entries.map(({ chat }) => chat))
    const direct = memberSections(settings, null)
    const withBot: ChatState[] = [...people.values()]
      .filter((person) => person !== bot && (person.friend || talked.has(`person:${person.handle}`)))
      .map(({ handle: id, nickname: name }) => {
        return { id: `person:${id}`, name, kind: 'direct', people: [{ id, name }], sections: direct }
      })
    return {
      language: settings.language,
      timezone: settings.timezone,
      texts: pageTexts[settings.language],
      bot: bot.handle,
      boss,
      phase: this.phase,
      notice: this.notice,
      // The control group first, as one begins there.
      chats: [...inGroup.filter(isControl), ...inGroup.filter((chat) => !isControl(chat)), ...withBot],
    }
  }

  #nameOf(handle: string, chat: Chat): string {
    const person = this.#world.people.get(handle)
    if (!person) return handle
    const group = chat.startsWith('group:') ? this.#world.groups.get(chat.slice('group:'.length)) : undefined
    return group?.members.get(person) || person.nickname
  }
}

function isControl({ kind }: ChatState): boolean {
  return kind === 'control'
}

function typeOf(bytes: Uint8Array): string | undefined {
  try {
    return shownTypes[imageSize(bytes).type ?? '']
  } catch {
    // It is no picture.
    return undefined
  }
}

function pictureOf({ kind, bytes }: Attached): { picture?: { width: number; height: number } } {
  if (kind === 'file' || typeOf(bytes) === undefined) return {}
  const { width, height } = imageSize(bytes)
  return { picture: { width, height } }
}
