// What the bot tells of its own condition, past the features: to the console, the control group, and the alarm outside WeChat.
import type { Alarm } from './alarm/alarm.ts'
import type { Notice } from './core/types/event.ts'
import type { GroupId, Millis } from './core/types/ids.ts'
import { render } from './core/lib/render.ts'
import { clock } from './core/lib/time.ts'
import type { DataFolder, DiskTrouble } from './data-folder.ts'
import { botTexts, callCause, diskCause } from './locales/bot.ts'
import type { Log } from './log.ts'
import { States, type LiveState, type StateName } from './states.ts'
import type { AccountNews, Incoming, WxId } from './wechat/account.ts'

/** While the disk refuses writes it is tried so often, in milliseconds. */
const DISK_AGAIN = 5_000
/** An outage this long (ms) is told outside WeChat; shorter ones are common. */
const OFFLINE_WORTH_TELLING = 5 * 60_000
/** The same news of one room is told once in this time, in milliseconds. */
const NEWS_AGAIN = 10 * 60_000

export interface OperationsParts {
  now: () => Millis
  /** Calls `run` once after this delay (ms). @returns a function that cancels it */
  later: (ms: number, run: () => void) => () => void
  log: Log
  /** Writes for the operator. */
  tell: (text: string) => void
  settings: () => { language: 'zh' | 'en'; timezone: string }
  data: DataFolder
  alarm: Alarm
  /** A group that is managed, or the control group, by WeChat's id. */
  groupOf: (room: WxId) => { id: GroupId; name: string } | undefined
  /** WeChat's id of the control group, when there is one. */
  controlRoom: () => WxId | undefined
  /** Whether there was a login before, also in an earlier run. */
  wasOnline: () => boolean
  notice: (notice: Notice) => void
  /** Says something in the control group past the store, when there is one. */
  sayUnsaved: (text: string) => void
  /** Tries again what could not be saved. */
  retryStore: () => void
  /** How many messages were not counted since this was last asked. */
  takeUncounted: () => number
  /** Folds the journal, after the disk had no room for it. */
  fold: () => void
}

export class Operations {
  readonly states: States
  readonly #parts: OperationsParts
  #diskTrouble: DiskTrouble | null = null
  #cancelDiskTimer = () => {}
  #cancelOffline = () => {}
  readonly #toldAt = new Map<string, Millis>()

  constructor(parts: OperationsParts) {
    this.#parts = parts
    this.states = new States({
      now: parts.now,
      language: () => parts.settings().language,
      changed: (state, is, text) => this.#changed(state, is, text),
    })
    parts.data.watch((trouble) => this.#diskChanged(trouble))
  }

  /** @param hasStale states of an earlier run are kept as if they lasted */
  start(hasStale: boolean): void {
    if (hasStale) this.#parts.notice({ about: 'states', states: [], text: '' })
  }

  get timezone(): string {
    return this.#parts.settings().timezone
  }

  get controlName(): string {
    return botTexts[this.#parts.settings().language].control
  }

  stop(): void {
    this.#parts.alarm.stop()
    this.#cancelDiskTimer()
    this.#cancelOffline()
  }

  /** What comes in tells whether the line stands. */
  heard(incoming: Incoming): void {
    const { later, controlRoom } = this.#parts
    if (incoming.type === 'roomGone' && incoming.room === controlRoom()) this.states.begin('controlLost', null, {})
    if (incoming.type === 'room' && incoming.room.id === controlRoom()) this.states.end('controlLost', null)
    if (incoming.type === 'online') {
      this.#cancelOffline()
      this.states.end('offline', null)
      this.states.end('loggedOut', null)
      // What an earlier run told and did not live to see the end of.
      for (const key of this.#parts.alarm.raised)
        if (!this.states.list.some((state) => keyOf(state) === key)) this.#parts.alarm.well(key)
    } else if (incoming.type === 'offline') {
      this.#cancelOffline()
      if (incoming.ended) return this.states.begin('loggedOut', null, {})
      const { why } = incoming
      this.#cancelOffline = later(OFFLINE_WORTH_TELLING, () => this.states.begin('offline', null, this.#cause(why)))
    }
  }

  /** What the account tells of itself. */
  news(news: AccountNews): void {
    const group = news.room === null ? undefined : this.#parts.groupOf(news.room)
    if (news.room !== null && group === undefined) return
    if (news.type === 'roomNews') return this.#roomNews(news, group?.name ?? '')
    // Before the first login of all there is nobody to miss it.
    if (news.state === 'loggedOut' && !this.#parts.wasOnline()) return
    const vars = { ...this.#cause(news.detail), ...this.#clockVars(news.detail), group: group?.name ?? '' }
    if (news.on) this.states.begin(news.state, group?.id ?? null, vars)
    else this.states.end(news.state, group?.id ?? null, vars)
  }

  /** A group takes no messages, or takes them again. @param cause what WeChat said; null when it is over */
  refuses(group: GroupId, name: string, cause: string | null): void {
    if (cause === null) this.states.end('groupRefuses', group, { group: name })
    else this.states.begin('groupRefuses', group, { group: name, ...this.#cause(cause) })
  }

  /** What people read when a decision could not be saved: members politely, the control group the cause. */
  notSavedText(place: 'control' | 'members'): string {
    return this.#diskText(place === 'control' ? 'notSavedAdmin' : 'notSaved')
  }

  #cause(detail: string): { cause: string } {
    return { cause: callCause(detail, this.#parts.settings().language) }
  }

  #clockVars(minutes: string) {
    const isAhead = !minutes.startsWith('-')
    const way = { zh: isAhead ? '快' : '慢', en: isAhead ? 'ahead of' : 'behind' }[this.#parts.settings().language]
    return { way, minutes: minutes.replace('-', '') }
  }

  #roomNews({ about, name, count, room, at }: Extract<AccountNews, { type: 'roomNews' }>, group: string): void {
    const { language } = this.#parts.settings()
    const key = `${about} ${room} ${name}`
    if (at - (this.#toldAt.get(key) ?? -Infinity) < NEWS_AGAIN) return
    this.#toldAt.set(key, at)
    const which = about === 'inviteWaits' ? 'inviteWaits' : name === '' ? 'ownerSelf' : 'owner'
    this.#parts.notice({ about: 'account', text: render(botTexts[language][which], { group, name, count }) })
  }

  /** Console and alarm are told at once; the control group by a decision, which comes when there is a line and a disk. */
  #changed(state: LiveState, is: 'on' | 'over', text: string): void {
    const { tell, alarm, notice } = this.#parts
    const key = keyOf(state)
    if (is === 'on') alarm.raise(key, text)
    else alarm.well(key, text)
    // Of the line the account's own console tells; the disk has told already.
    const isToldAlready = (['offline', 'loggedOut', 'disk', 'silent'] as StateName[]).includes(state.name)
    if (!isToldAlready) tell(text)
    const states = this.states.list.filter(({ name }) => name !== 'disk').map(({ group, short }) => ({ group, short }))
    notice({ about: 'states', states, text: isToldAlready ? '' : text })
  }

  #diskText(key: 'notSaved' | 'notSavedAdmin' | 'diskTrouble'): string {
    const { language, timezone } = this.#parts.settings()
    const { code, since } = this.#parts.data.trouble ?? { code: 'EIO', since: this.#parts.now() }
    return render(botTexts[language][key], { cause: diskCause(code, language), since: clock(since, timezone) })
  }

  /** The admins cannot be told by a decision while none can be saved, so they are told past the store. */
  #diskChanged(trouble: DiskTrouble | null): void {
    const { log, tell, now, notice, sayUnsaved, takeUncounted } = this.#parts
    this.#cancelDiskTimer()
    if (trouble !== null) {
      this.#diskTrouble = trouble
      log.error({ code: trouble.code }, 'the data folder cannot be written')
      const text = this.#diskText('diskTrouble')
      tell(text)
      sayUnsaved(text)
      this.states.begin('disk', null, { cause: text })
      return this.#tryDisk()
    }
    const { since, failures } = this.#diskTrouble ?? { since: now(), failures: 0 }
    log.warn({ count: failures, ms: now() - since }, 'the data folder can be written again')
    const { language, timezone } = this.#parts.settings()
    const [from, until] = [clock(since, timezone), clock(now(), timezone)]
    const text = render(botTexts[language].diskWell, { from, until, count: takeUncounted() })
    tell(text)
    notice({ about: 'store', text })
    this.states.end('disk', null)
  }

  #tryDisk(): void {
    this.#cancelDiskTimer = this.#parts.later(DISK_AGAIN, () => {
      const { data, retryStore, fold } = this.#parts
      if (data.trouble === null) return
      const isFolding = data.isFailing('snapshot')
      if (data.retry()) {
        if (isFolding) fold()
        if (data.isFailing('store')) retryStore()
      }
      if (data.trouble !== null) this.#tryDisk()
    })
  }
}

function keyOf({ name, group }: LiveState): string {
  return group === null ? name : `${name} ${group}`
}
