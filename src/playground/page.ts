// The playground's page in play: tells browsers what happens, and lets happen what they ask for.
import type { Millis } from '../core/types/ids.ts'
import { nextAt } from '../core/lib/time.ts'
import { botTexts } from '../locales/bot.ts'
import type { World } from '../standin/world.ts'
import { type Asked, actionOf } from './request.ts'
import type { Chats } from './chats.ts'
import { type PageEvent, type PageServer, servePage } from './server.ts'
import { type Shown, InputError, type Stage } from './stage.ts'

const hour = 3_600_000

export interface PageParts {
  port: number
  chats: Chats
  stage: Stage
  world: World
  /** The playground's clock. */
  now: () => Millis
  /** Shows what happens, here and elsewhere. */
  show: (shown: Shown) => void
  /** Moves the bot's clock forward. */
  forward: (to: Millis) => void
}

export class PlayPage {
  readonly #parts: PageParts
  #server: PageServer | undefined
  #shownState = ''
  #shownEntries = 0
  #target = 0

  private constructor(parts: PageParts) {
    this.#parts = parts
  }

  /** @throws when the port is taken */
  static async open(parts: PageParts): Promise<PlayPage> {
    const page = new PlayPage(parts)
    const { chats } = parts
    page.#server = await servePage(
      {
        events: (since) => [page.#state(), page.#clock(), page.#entries(since)],
        media: (id) => chats.media(id),
        ask: (asked) => page.#ask(asked),
      },
      parts.port,
    )
    return page
  }

  get url(): string {
    return this.#server?.url ?? ''
  }

  close(): Promise<void> {
    return this.#server?.close() ?? Promise.resolve()
  }

  /** Something was said or done. */
  said(): void {
    this.#server?.tell(this.#entries(this.#shownEntries))
    this.#shownEntries = this.#parts.chats.entries.length
    this.changed()
  }

  /** People, groups or settings may have changed. */
  changed(): void {
    const state = this.#state()
    const text = JSON.stringify(state)
    if (text === this.#shownState) return
    this.#shownState = text
    this.#server?.tell(state)
  }

  /** The bot's console told the operator something. */
  told(text: string): void {
    const { chats } = this.#parts
    // The last line of what it says about settings that it does not take.
    const refusals = Object.values(botTexts).map(({ notReloaded }) =>
      notReloaded.replace(/^.*\n|\{\{since\}\}.*$/gs, ''),
    )
    const wrong = refusals.some((refusal) => text.includes(refusal))
    chats.notice = { id: (chats.notice?.id ?? 0) + 1, text: text.trim(), wrong }
    this.changed()
  }

  /** The clock was moved. */
  clock(): void {
    this.#server?.tell(this.#clock())
  }

  #state(): PageEvent {
    return { name: 'state', data: this.#parts.chats.state }
  }

  #entries(since: number): PageEvent {
    const { entries } = this.#parts.chats
    return { name: 'said', data: entries.slice(since), id: entries.length }
  }

  #clock(): PageEvent {
    const now = this.#parts.now()
    return { name: 'clock', data: { now, moving: now < this.#target } }
  }

  #ask(asked: Asked): string | undefined {
    const { chats, stage, world, now, show, forward } = this.#parts
    if (chats.phase !== 'ready') return stage.texts.starting
    if (asked.do === 'clock') {
      if (now() < this.#target) return undefined
      this.#target = asked.to === 'hour' ? now() + hour : nextAt(now(), '08:00', stage.settings.timezone)
      forward(this.#target)
      return undefined
    }
    try {
      stage.perform(actionOf(asked, world), show)
      this.changed()
      return undefined
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      return error.message
    }
  }
}
