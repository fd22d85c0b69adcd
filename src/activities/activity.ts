// Makes a feature of a kind of activity: its tables, its words and commands, its timers, and its part in what is the same for all kinds.
import type { Keyword } from '../core/feature/argument-line.ts'
import type { Args } from '../core/feature/argument.ts'
import { arg } from '../core/feature/arguments.ts'
import type { Request } from '../core/feature/activities.ts'
import type { Answer, AnyFeature, Command, Feature, FeatureParts } from '../core/feature/feature.ts'
import type { TableSpec } from '../core/feature/tables.ts'
import type { SaidWord } from '../core/feature/words.ts'
import type { Reply } from '../core/types/effect.ts'
import type { Said } from '../core/types/event.ts'
import type { GroupId, MemberId, Millis } from '../core/types/ids.ts'
import type { Texts } from '../core/types/localised.ts'
import { Refusal } from '../core/types/refusal.ts'
import { nameOf, refusalOf } from './conditions.ts'
import type { AnyKind, Kind } from './kind.ts'
import { begin, cancel, close, lastNumber, onTimer, settle, takeOver, tell } from './lifecycle.ts'
import { answered, askFirst, lineOf, openLine, preview, tooFew, type ReadLine } from './opening.ts'
import { armOpenings, openDue } from './presets.ts'
import {
  activityCounts,
  activityTables,
  allLives,
  change,
  entriesOf,
  isRunning,
  liveOf,
  openIn,
  placeOf,
  type Cx,
  type Entered,
  type GroupCx,
  type Live,
  type Wanted,
} from './records.ts'
import { byAnswer, byHearing, byWord, enter } from './taking.ts'
import { activityTexts } from './texts.ts'
import { act, entered, listed } from './verbs.ts'

const timers = ['open', 'close', 'settle', 'last', 'board'] as const

/** What a kind does beside taking part in the life of activities: words, commands, timers and hooks of its own. */
type Beside<
  CF,
  P,
  T extends Record<string, TableSpec<object>>,
  W extends string,
  X extends Texts,
  J extends string,
  Q extends string,
  A extends Record<string, Args>,
> = Partial<Omit<Feature<CF, P, T, W, X, J, Q, A>, 'onWord'>> & {
  onWord?: Partial<NonNullable<Feature<CF, P, T, W, X, J, Q, A>['onWord']>>
}

/** A kind by what its feature declares; only checks types. */
export function kindOf<
  CF,
  P,
  T extends Record<string, TableSpec<object>>,
  W extends string,
  X extends Texts,
  J extends string,
  Q extends string,
  C,
  E,
  K extends Readonly<Record<string, Keyword<unknown>>> = Record<never, never>,
>(
  _parts: FeatureParts<CF, P, T, W, X, J, Q>,
  kind: Kind<{ config: CF; prepared: P; tables: T; words: NoInfer<W>; texts: X; jobs: J; questions: Q }, C, E, K>,
) {
  return {
    kind,
    /** Opens one in a handler of the kind's own feature. @param atOnce in quiet hours too @returns also what admins may read */
    open: (wanted: Wanted & { content: C }, cx: object, atOnce = false) =>
      tooFew(kind as unknown as AnyKind, wanted, placeOf(wanted, cx as Cx)) ??
      begin(kind as unknown as AnyKind, wanted, cx as Cx, atOnce),
    /** The latest that can be entered in a group. */
    openIn: (group: GroupId, cx: object) => openIn(group, cx as Cx)[0] as Live<C> | undefined,
    liveOf: (no: number, cx: object) => liveOf(no, cx as Cx) as Live<C> | undefined,
    livesIn: (group: GroupId, phase: Live['phase'], cx: object) =>
      allLives(cx as Cx).filter((live) => live.phase === phase && live.groups.includes(group)) as Live<C>[],
    change: (live: Live<C>, changes: Partial<Live<C>>, cx: object) => change(live, changes, cx as Cx) as Live<C>,
    entriesOf: (live: Live<C>, cx: object) => entriesOf(live, cx as Cx, kind as unknown as AnyKind) as Entered<E>[],
    /** Writes an entry down without asking for anything. */
    enter: (live: Live<C>, member: MemberId, value: E, cx: object) => enter(live, member, value, cx as GroupCx),
    /** Why somebody may not take part. */
    refusalOf: (live: Live<C>, member: MemberId, cx: object) =>
      refusalOf(kind as unknown as AnyKind, live, member, cx as GroupCx),
    tell: (live: Live<C>, text: string, cx: object) => tell(live, text, cx as Cx),
    close: (live: Live<C>, cx: object) => close(kind as unknown as AnyKind, live, cx as Cx),
    settle: (live: Live<C>, cx: object) => settle(kind as unknown as AnyKind, live, cx as Cx),
    byWord: (said: SaidWord, cx: object) => byWord(kind as unknown as AnyKind, said, cx as Cx),
    act: (no: number, request: Request, cx: object) => act(kind as unknown as AnyKind, no, request, cx as Cx),
  }
}

/** Declares a kind of activity as a feature. */
export function activity<
  CF,
  P,
  T extends Record<string, TableSpec<object>>,
  W extends string,
  X extends Texts,
  J extends string,
  Q extends string,
  C,
  E,
  K extends Readonly<Record<string, Keyword<unknown>>>,
  A extends Record<string, Args> = Record<never, never>,
>(
  parts: FeatureParts<CF, P, T, W, X, J, Q>,
  typed: Kind<{ config: CF; prepared: P; tables: T; words: NoInfer<W>; texts: X; jobs: J; questions: Q }, C, E, K>,
  typedBeside: Beside<CF, P, T, NoInfer<W>, X, NoInfer<J>, NoInfer<Q>, A> = {},
): AnyFeature {
  // The mechanism hands a kind only what was made by its own schemas, and contexts of its own feature.
  const kind = typed as unknown as AnyKind
  const beside = typedBeside as unknown as Partial<AnyFeature>
  const made = {
    ...parts,
    ...beside,
    name: kind.name,
    summary: kind.summary,
    tables: { ...parts.tables, ...activityTables(kind.content, kind.entry, kind.adopt) },
    counts: { ...beside.counts, ...activityCounts(kind.called.zh) },
    texts: { zh: { ...activityTexts.zh, ...parts.texts.zh }, en: { ...activityTexts.en, ...parts.texts.en } },
    jobs: [...(parts.jobs ?? []), ...timers, 'plan', 'preset'],
    questions: [...(parts.questions ?? []), 'entry', 'step'],
    onJob: {
      ...beside.onJob,
      ...Object.fromEntries(
        timers.map((job) => [job, (key: string, cx: Cx, due: Millis) => onTimer(kind, job, key, due, cx)]),
      ),
      plan: (_key: string, cx: Cx) => armOpenings(kind, cx),
      preset: (key: string, cx: Cx, due: Millis) => openDue(kind, key, due, cx),
    },
    onLoaded(loaded: never, cx: Cx) {
      takeOver(kind, cx)
      // By a timer that is due now: what fell due before opens first, before its alarm is set anew.
      if (kind.openings) cx.wake(cx.now, 'plan', 'daily')
      return beside.onLoaded?.(loaded, cx as never)
    },
    numbers: {
      last: lastNumber,
      about(no: number, cx: Cx) {
        const live = liveOf(no, cx)
        return live && cx.text('actAbout', { no, name: nameOf(kind, live, cx) })
      },
      undo(no: number, cx: Cx) {
        const live = liveOf(no, cx)
        if (!live || !isRunning(live)) return undefined
        return [...cancel(kind, live, cx.text('actUndone'), cx).said, cx.reply('actCancelDone', { no, back: '' })]
      },
      why: (no: number, cx: Cx) => act(kind, no, { verb: 'show', from: 'm0', group: null }, cx),
    },
    about: (member: MemberId, cx: Cx) => entered(kind, member, cx),
    activities: {
      act: (no: number, request: Request, cx: Cx) => act(kind, no, request, cx),
      list: (cx: Cx) => listed(kind, cx),
    },
    onWord: { [kind.word]: (said: SaidWord, cx: Cx) => byWord(kind, said, cx), ...beside.onWord },
    onAnswer: {
      ...beside.onAnswer,
      entry: (said: Answer, cx: Cx) => byAnswer(kind, said, cx),
      step: (said: Answer, cx: Cx) => answered(kind, said, said.text, cx),
    },
    answer: (said: Said, cx: Cx) => byHearing(kind, said, cx) ?? beside.answer?.(said, cx as never),
    commands: { ...(kind.line ? lineCommands(kind, kind.line) : {}), ...beside.commands },
  }
  return made as unknown as AnyFeature
}

function lineCommands(
  kind: AnyKind,
  { command, isOld }: NonNullable<AnyKind['line']>,
): Record<string, Command<Args, Cx>> {
  const line = lineOf(kind)
  const { zh, en } = kind.called
  return {
    [`${command} new`]: {
      summary: { zh: `开一个${zh}；不写内容就一步一步问`, en: `Open a ${en}; without anything more, step by step` },
      role: 'admin',
      args: { line: arg.optional(line) },
      run: ({ line }, cx, said) =>
        line === undefined ? askFirst(kind, said, cx) : openLine(kind, line as ReadLine, cx),
    },
    [`${command} preview`]: {
      summary: { zh: `先看看${zh}的样子，只发在这里`, en: `Show a ${en} here before members see it` },
      role: 'helper',
      args: { line },
      run({ line }, cx) {
        const shown = preview(kind, line as ReadLine, cx)
        return shown instanceof Refusal ? shown : cx.replyText(shown)
      },
    },
    ...(isOld ? oldCommands(kind, command) : {}),
  }
}

/** `/draw close 1`, as it was before there were verbs for all kinds. */
function oldCommands(kind: AnyKind, command: string): Record<string, Command<Args, Cx>> {
  const number = arg.number({ zh: '编号', en: 'number' })
  const rest = (zh: string, en: string) => arg.rest({ zh, en }, { zh: '奖品没到货', en: 'the prize did not arrive' })
  const on = (no: number, request: Omit<Request, 'group'>, cx: Cx): Reply => {
    const done = act(kind, no, { ...request, group: null }, cx)
    if (done) return done
    const other = cx.numbers.about(no)
    return other === undefined ? cx.refuse('actNoSuch', { called: kind.called[cx.language], no }) : cx.replyText(other)
  }
  const same = (verb: Request['verb'], of: string) => ({ zh: `同 /${verb}：${of}`, en: `The same as /${verb}` })
  return {
    [`${command} list`]: {
      summary: same('list', '名单；不写编号是最近的'),
      role: 'helper',
      args: {
        no: arg.optional(number),
        page: arg.optional(arg.int({ zh: '第几页', en: 'page' }, { min: 1, max: 999, example: 1 })),
      },
      run({ no, page = 1 }, cx, { from }) {
        if (no !== undefined) return on(no as number, { verb: 'list', from, page: page as number }, cx)
        const lines = listed(kind, cx).slice(-10)
        return lines.length === 0
          ? cx.reply('actNoneYet', { called: kind.called[cx.language], command })
          : cx.replyText(lines.map(({ state }) => state).join('\n'))
      },
    },
    [`${command} show`]: {
      summary: same('show', '情况'),
      role: 'helper',
      args: { no: number },
      run: ({ no }, cx, { from }) => on(no as number, { verb: 'show', from }, cx),
    },
    [`${command} close`]: {
      summary: same('close', '现在就截止；截止了的现在就出结果'),
      role: 'admin',
      args: { no: number },
      run: ({ no }, cx, { from }) => on(no as number, { verb: 'close', from }, cx),
    },
    [`${command} cancel`]: {
      summary: same('cancel', '取消，花掉的退回'),
      role: 'admin',
      args: { no: number, why: rest('原因', 'reason') },
      confirm({ no, why }, cx) {
        const live = liveOf(no as number, cx)
        return live && isRunning(live)
          ? cx.text('actCancelConfirm', { no: no as number, why: why as string })
          : undefined
      },
      run: ({ no, why }, cx, { from }) => on(no as number, { verb: 'cancel', from, why: why as string }, cx),
    },
    [`${command} next`]: {
      summary: { zh: `回答 /${command} new 的下一步，直接回复也行`, en: `Answer the next question of /${command} new` },
      role: 'admin',
      args: { answer: rest('回答', 'answer') },
      run: ({ answer }, cx, said) => answered(kind, said, answer as string, cx),
    },
  }
}
