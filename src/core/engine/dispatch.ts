// One event's pass through the features: screen, then a command or a word, else an expected answer, else the first that answers, then all observe.
import { readAnswer } from '../feature/answers.ts'
import { readArgs } from '../feature/arguments.ts'
import { isUndo, type Counted } from '../feature/counts.ts'
import { howTo, isCommand, orderTrouble, type FoundCommand, type RunOptions } from './commands.ts'
import { issuedKinds } from '../money/coupons.ts'
import { FRESH_FOR, targetKey, Effect, type Spent, type Order, type Reply } from '../types/effect.ts'
import { guardControl, typedOnPhone, mayRefuse, rememberSpoken } from './control.ts'
import type { EngineState, Hook } from './state.ts'
import { eventHooks } from '../feature/hooks.ts'
import type { AnyCommunityContext, AnyContext } from '../feature/context.ts'
import { BOT, type GroupId } from '../types/ids.ts'
import type { Event, Posted, Resulted, Said } from '../types/event.ts'
import type { AnyFeature } from '../feature/feature.ts'
import type { Vars } from '../types/localised.ts'
import type { Table } from '../feature/tables.ts'
import { canonical } from '../lib/text.ts'
import { render } from '../lib/render.ts'
import type { FoundWord } from '../feature/words.ts'
import { engineTexts } from '../../locales/engine.ts'
import { Refusal } from '../types/refusal.ts'

/** Events that are counted themselves, whatever they change. */
const countedEvents: ReadonlySet<Event['type']> = new Set(['said', 'joined', 'left'])
/** A command is confirmed by `/yes` within a minute. */
const CONFIRM_WITHIN = 60_000
/** Characters of a typed command that are kept or quoted back. */
const SHOWN_LENGTH = 60

interface Wanted {
  feature: string
  effect: Effect
}

/** The features' handlers are called in here, each apart from the rest. */
export class Dispatch {
  readonly #state: EngineState
  readonly #onError: (feature: string, error: unknown) => void
  readonly #wanted: Wanted[] = []
  /** What was said, with what was heard in it. */
  #heard: Said | undefined

  constructor(state: EngineState, onError: (feature: string, error: unknown) => void) {
    this.#state = state
    this.#onError = onError
  }

  /** @returns the effects that features want, in order. */
  run(): Wanted[] {
    const { event } = this.#state.current
    const { tables, effects, rights, timers } = this.#state
    switch (event.type) {
      case 'said':
        this.#said(event)
        break
      case 'posted':
        this.#onPhone(event)
        break
      case 'unclaimed':
        rights.expectClaim(event.claim)
        break
      case 'sending':
        if (event.begun) tables.table('outbox.sending').set(event.effect, { at: event.at })
        else tables.table('outbox.sending').delete(event.effect)
        break
      case 'woke':
        timers.delete(`${event.feature}/${event.job}/${event.key}`)
        this.#callOwner(event.feature, (feature) => (cx) => feature.onJob?.[event.job]?.(event.key, cx, event.due))
        break
      case 'resulted': {
        const planned = effects.get(event.effect)
        effects.delete(event.effect)
        tables.table('outbox.sending').delete(event.effect)
        if (event.outcome !== 'expired') noteSent(tables.table('outbox.sent'), event, planned?.effect)
        rememberSpoken(this.#state, planned?.effect, event.at)
        this.#callOwner(event.feature, (feature) => (cx) => feature.onResulted?.(event, cx, planned?.effect))
        if (event.outcome === 'sent') this.#posted(planned?.effect, event.at)
        break
      }
      case 'found':
        effects.delete(event.effect)
        this.#callOwner(event.feature, (feature) => (cx) => feature.onFound?.(event, cx))
        break
      case 'loggedIn':
        if (event.claim !== null) rights.expectClaim(event.claim)
        if (event.fresh) tables.table<object>('outbox.level').set('login', { level: 'careful', at: event.at })
        this.#toAll(event)
        break
      case 'noticed':
        if (event.notice.about === 'sending') {
          tables.table<object>('outbox.level').set('level', { level: event.notice.level, at: event.at })
        }
        this.#toAll(event)
        break
      case 'profiled':
        break
      default:
        this.#toAll(event)
    }
    for (const kind of issuedKinds(tables.staged)) this.#callAll('onIssued', null, kind)
    this.#count(event)
    const takenOver = guardControl(this.#state)
    if (takenOver) this.#wanted.push({ feature: 'engine', effect: takenOver })
    return this.#wanted
  }

  /** Tells what the event has changed to what counts it, in the same commit. */
  #count(event: Event) {
    const counts = this.#state.counter.count(this.#state.tables.staged, isUndo(event))
    if (counts.length === 0 && !countedEvents.has(event.type)) return
    const group = 'group' in event ? (event.group ?? null) : null
    const managed = group !== null && this.#state.members.group(group) ? group : null
    const counted: Counted = { event, counts, ...(this.#heard && { said: this.#heard }) }
    this.#callAll('onCounted', managed, counted)
  }

  #onPhone(posted: Posted) {
    const typed = typedOnPhone(posted, this.#state)
    if (typed?.type === 'said') return this.#said(typed)
    if (typed) this.#wanted.push({ feature: 'engine', effect: typed })
    this.#toAll(posted)
  }

  /** Tells every feature of an event by its hook. A found group is told to the community's plans, not to the group. */
  #toAll(event: Extract<Event, { type: keyof typeof eventHooks }>) {
    const group = 'group' in event && event.type !== 'rostered' ? event.group : null
    this.#callAll(eventHooks[event.type], group, event)
  }

  #posted(effect: Effect | undefined, at: number) {
    if (effect?.type !== 'say' || effect.to === 'control' || !('group' in effect.to)) return
    const { group } = effect.to
    this.#toAll({ type: 'posted', at, group, kind: 'text', text: effect.text })
  }

  #said(said: Said) {
    const { rights, members } = this.#state
    const inControl = said.group !== null && said.group === rights.control
    const group = said.group && members.group(said.group)
    const isTypedCommand = said.kind === 'text' && isCommand(said.text)
    if (isTypedCommand) {
      const line = `/${said.text.trim().slice(1)}`
      const found = this.#state.commands.find(line)
      const counts = inControl || (said.group !== null && found?.named.command.anywhere)
      if (counts) this.#command(said, line, found)
      else this.#noteIgnored(said)
      // In a managed group the screens still see it, or a slash in front would hide anything from them.
      if (counts && (!group || rights.may(said.from, 'helper'))) return
    }
    if (inControl) return this.#staffWords(said)
    if (said.group !== null && !group) return
    const managed = group?.managed ?? null
    const readings = isTypedCommand || said.kind !== 'text' ? [] : this.#hear(said, managed)
    const isAlone = readings.some((words) => words.every(({ rest }) => rest === ''))
    const withWord: Said = readings.length > 0 ? { ...said, word: isAlone ? 'alone' : 'more' } : said
    this.#heard = withWord
    for (const feature of this.#state.on(managed, 'screen'))
      if (this.#hook('screen', feature, said.group, withWord)) return
    const isTaken = !isTypedCommand && this.#answer(said, readings, this.#state.on(managed, 'answer'))
    const seen = isTaken ? { ...withWord, taken: true } : withWord
    for (const feature of this.#state.on(managed, 'observe')) this.#hook('observe', feature, said.group, seen)
  }

  /** What is said of words; a question how something goes is left to the features' answers. */
  #hear(said: Said, managed: string | null): readonly (readonly FoundWord[])[] {
    const readings = this.#state.words.readings(said.text, managed, said.addressed)
    return readings.filter((words) => !words.some(({ asksHow }) => asksHow))
  }

  /** @returns whether a feature took it as its own: what is answered from a library stays talk */
  #answer(said: Said, readings: readonly (readonly FoundWord[])[], features: readonly AnyFeature[]): boolean {
    for (const words of readings) {
      const done = words.filter((word) => this.#callWord(said, word, this.#contextOf(word.feature, said.group)))
      if (done.length > 0) return true
      // A bare word is a word, even when there is nothing to do for it now.
      if (words.some(({ rest }) => rest === '')) return false
    }
    if (this.#expected(said)) return true
    const taker = features.find((feature) => this.#hook('answer', feature, said.group, said))
    return taker !== undefined && taker.answersTalk !== true
  }

  #callWord(said: Said, { feature, word, ...parts }: FoundWord, cx: AnyContext): boolean {
    const onWord = feature.onWord?.[word]
    return onWord !== undefined && this.#call(feature, cx, (cx) => onWord({ ...said, ...parts }, cx))
  }

  /** Gives a bare answer to the latest open question that it fits. @returns whether one took it */
  #expected(said: Said): boolean {
    if (said.kind !== 'text') return false
    const { expected } = this.#state
    const place = said.group ?? said.from
    if (expected.size(place) === 0) return false
    const open = [...expected.entries(place)].filter(([key, { until }]) => {
      const isOpen = until > this.#state.current.now
      if (!isOpen) expected.delete(key)
      return isOpen
    })
    const questions = open.map(([, question]) => question).sort((a, b) => b.order - a.order)
    return questions.some(({ feature: owner, name, key, from, form }) => {
      const value = from === null || from === said.from ? readAnswer(form, said.text) : undefined
      const feature = this.#state.feature(owner)
      const onAnswer = feature?.onAnswer?.[name]
      if (value === undefined || !feature || !onAnswer || !this.#contextOf(feature, said.group).enabled) return false
      return this.#call(feature, this.#contextOf(feature, said.group), (cx) => onAnswer({ ...said, value, key }, cx))
    })
  }

  #staffWords(said: Said) {
    const { rights } = this.#state
    if (said.kind !== 'text' || !rights.may(said.from, 'helper') || this.#expected(said)) return
    for (const word of this.#hear(said, null).flat()) {
      const declared = word.feature.words?.[word.word]
      if (declared && 'staff' in declared) this.#callWord(said, word, this.#inCommunity(word.feature))
    }
  }

  #command(said: Said, line: string, found: FoundCommand | undefined) {
    const { rights } = this.#state
    const isMember = rights.roleOf(said.from) === 'member'
    if (canonical(line) === '/yes') return this.#confirmed(said)
    if (canonical(line) === '/no' && !isMember) return this.#dropped(said)
    if (!found) {
      if (isMember) return this.#noteIgnored(said)
      const like = this.#state.commands.like(line, rights.roleOf(said.from)).map((name) => `/${name}`)
      return this.#tell(said, [
        this.#text('unknown', { typed: line.slice(0, SHOWN_LENGTH) }) +
          (like.length > 0 ? this.#text('like', { names: like.join(' ') }) : ''),
        this.#text('seeHelp'),
      ])
    }
    if (!rights.may(said.from, found.named.command.role)) {
      this.#noteIgnored(said)
      const role = found.named.command.role
      if (role === 'member' || (isMember && !mayRefuse(this.#state, said))) return
      return this.#tell(said, [this.#text('notAllowed', { command: `/${found.named.name}`, role: this.#text(role) })])
    }
    this.#run(said, line, found)
  }

  #confirmed(said: Said) {
    const { rights } = this.#state
    const { confirmations } = this.#state
    const waiting = confirmations.get(said.from)
    confirmations.delete(said.from)
    const found =
      waiting && waiting.until >= this.#state.current.now ? this.#state.commands.find(waiting.line) : undefined
    if (waiting && found && rights.may(said.from, found.named.command.role))
      this.#run(said, waiting.line, found, { agreed: waiting.meant })
    else if (rights.roleOf(said.from) !== 'member') this.#tell(said, [this.#text('nothingToConfirm')])
  }

  /** Who was asked to confirm a command does not want it. */
  #dropped(said: Said) {
    const wasWaiting = this.#state.confirmations.get(said.from) !== undefined
    this.#state.confirmations.delete(said.from)
    this.#tell(said, [this.#text(wasWaiting ? 'dropped' : 'nothingToConfirm')])
  }

  #run(said: Said, line: string, { named, rest }: FoundCommand, { agreed, group }: RunOptions = {}) {
    const { command, feature } = named
    const { language } = this.#state.settings
    const scene = { ...this.#inCommunity(feature).scene, ...(group !== undefined && { here: group }) }
    const values = readArgs(command.args, rest, scene)
    if (values instanceof Refusal) {
      const why = values.message[language]
      const begin = this.#text('notUnderstood', { typed: line.slice(0, SHOWN_LENGTH) })
      return this.#tell(said, [values.isClear ? why : begin + why, values.cure?.[language] ?? howTo(named, language)])
    }
    // The command's own `args` made these values.
    const args = values as never
    const meant = JSON.stringify(values)
    this.#call(feature, this.#inCommunity(feature), (cx) => {
      const what = command.confirm?.(args, cx) ?? (said.from === BOT ? undefined : command.confirmUnusual?.(args, cx))
      // After a renaming a name may be somebody else's: then it is asked again.
      if (what === undefined || meant === agreed) return command.run(args, cx, said)
      const until = this.#state.current.now + CONFIRM_WITHIN
      this.#state.confirmations.set(said.from, { line, meant, until })
      return cx.say('control', this.#text('confirm', { what }))
    })
  }

  /** What the bot orders itself by plan. The line was checked when the settings were loaded; what is wrong all the same is told. */
  #order({ line, from, group }: Order) {
    const { rights } = this.#state
    const said = { id: '', from: BOT, kind: 'text', quote: null, addressed: false } as const
    const asked: Said = { ...said, type: 'said', at: this.#state.current.now, group: rights.control, text: line }
    const found = this.#state.commands.find(line)
    const before = this.#wanted.length
    if (found && orderTrouble(found.named) === undefined) this.#run(asked, line, found, { group })
    else this.#tell(asked, [this.#text('unknown', { typed: line.slice(0, SHOWN_LENGTH) })])
    // Nobody in the control group has asked: the answer says where it comes from.
    for (const wanted of this.#wanted.slice(before)) {
      const { effect } = wanted
      if (effect.type === 'say' && effect.to === 'control') wanted.effect = { ...effect, text: from + effect.text }
    }
  }

  #noteIgnored(said: Said) {
    const { ignored } = this.#state
    ignored.set(said.from, {
      count: (ignored.get(said.from)?.count ?? 0) + 1,
      at: this.#state.current.now,
      text: said.text.slice(0, SHOWN_LENGTH),
      group: said.group,
    })
  }

  #callAll(hook: Hook, group: GroupId | null, about: unknown) {
    if (group !== null && !this.#state.members.group(group)) return
    for (const feature of this.#state.on(this.#state.managed(group), hook)) this.#hook(hook, feature, group, about)
  }

  /** @param about what the hook of that name takes. @returns whether it answered */
  #hook(name: Hook, feature: AnyFeature, group: GroupId | null, about: unknown): boolean {
    const hook = feature[name] as ((about: unknown, cx: AnyContext) => Reply) | undefined
    if (!hook) return false
    return this.#call(feature, this.#contextOf(feature, group), (cx) => hook.call(feature, about, cx))
  }

  #callOwner(name: string, handler: (feature: AnyFeature) => (cx: AnyCommunityContext) => Reply) {
    const feature = this.#state.feature(name)
    if (feature) this.#call(feature, this.#inCommunity(feature), handler(feature))
  }

  /** Calls one handler apart from the rest: if it throws, what it staged is rolled back and the others go on. @returns whether it answered. */
  #call<Cx extends AnyContext>(feature: AnyFeature, cx: Cx, handler: (cx: Cx) => Reply): boolean {
    const { tables } = this.#state
    const mark = tables.mark()
    try {
      const reply = handler(cx)
      if (!reply) return false
      if (reply instanceof Refusal) {
        tables.rollback(mark)
        this.#refuse(feature, reply)
        return true
      }
      const effects = 'type' in reply ? [reply] : reply
      for (const effect of effects) if (effect.type !== 'order') Effect.parse(effect)
      for (const effect of effects) {
        if (effect.type === 'order') this.#order(effect)
        else this.#wanted.push({ feature: feature.name, effect })
      }
      return true
    } catch (error) {
      tables.rollback(mark)
      this.#onError(feature.name, error)
      return false
    }
  }

  #refuse(feature: AnyFeature, refusal: Refusal) {
    const cx = this.#state.context(feature, null)
    if (!cx.mayTell()) return
    this.#wanted.push({ feature: feature.name, effect: cx.replyText(refusal.in(cx.language)) })
  }

  /** An unmanaged group, such as the control group, has no settings of its own. */
  #contextOf(feature: AnyFeature, group: GroupId | null): AnyContext {
    const isManaged = group !== null && this.#state.members.group(group) !== undefined
    return this.#state.context(feature, isManaged ? group : null) as unknown as AnyContext
  }

  #inCommunity(feature: AnyFeature): AnyCommunityContext {
    return this.#state.context(feature, null) as unknown as AnyCommunityContext
  }

  #text(key: keyof (typeof engineTexts)['zh'], vars: Vars = {}): string {
    return render(engineTexts[this.#state.settings.language][key], vars)
  }

  /** The engine's own answer to an admin. In a managed group it stays silent. */
  #tell(said: Said, lines: string[]) {
    const { rights, members } = this.#state
    if (said.group === null || members.group(said.group)) return
    const to = said.group === rights.control ? 'control' : { group: said.group }
    // What is kept of the budgets for admins is not for those who have no role.
    const priority = rights.may(said.from, 'helper') || said.from === BOT ? 'admin' : 'game'
    const effect: Effect = { type: 'say', to, text: lines.join('\n'), priority, freshFor: FRESH_FOR }
    this.#wanted.push({ feature: 'engine', effect })
  }
}

/** The budgets of the outbox look back so far, in milliseconds. */
const DAY = 86_400_000

function noteSent(sent: Table<Spent>, { effect: id, at }: Resulted, effect: Effect | undefined) {
  sent.set(id, { at, ...(effect && 'to' in effect ? { to: targetKey(effect.to) } : {}) })
  if (sent.size() % 50 !== 0) return
  for (const [old, earlier] of sent.entries()) if (earlier.at <= at - DAY) sent.delete(old)
}
