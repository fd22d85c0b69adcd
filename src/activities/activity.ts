// Makes a feature of a kind of activity: its tables, its words and commands, its timers, and its part in what is the same for all kinds.
import type { Keyword } from '../core/feature/argument-line.ts'
import type { Args } from '../core/feature/argument.ts'
import { arg } from '../core/feature/arguments.ts'
import type { AnyFeature, FeatureParts } from '../core/feature/feature.ts'
import type { Texts } from '../core/types/localised.ts'
import type { TableSpec } from '../core/feature/tables.ts'
import type { Answer, Command } from '../core/feature/feature.ts'
import type { Said } from '../core/types/event.ts'
import type { SaidWord } from '../core/feature/words.ts'
import type { Millis } from '../core/types/ids.ts'
import type { Request } from '../core/feature/activities.ts'
import { nameOf } from './conditions.ts'
import type { AnyKind, Kind } from './kind.ts'
import { cancel, lastNumber, onTimer } from './lifecycle.ts'
import { answered, askFirst, lineOf, openLine, preview, type ReadLine } from './opening.ts'
import { activityTables, liveOf, type Cx } from './records.ts'
import { byAnswer, byHearing, byWord } from './taking.ts'
import { activityTexts } from './texts.ts'
import { act, listed } from './verbs.ts'

/** Declares a kind of activity as a feature. */
export function activity<
  CF,
  T extends Record<string, TableSpec<object>>,
  W extends string,
  X extends Texts,
  C,
  E,
  K extends Readonly<Record<string, Keyword<unknown>>>,
  A extends Record<string, Args>,
>(
  parts: FeatureParts<CF, undefined, T, W, X, never, never>,
  typed: Kind<
    { config: CF; prepared: undefined; tables: T; words: W; texts: X; jobs: never; questions: never },
    C,
    E,
    K,
    A
  >,
): AnyFeature {
  // The mechanism hands a kind only what was made by its own schemas, and contexts of its own feature.
  const kind = typed as unknown as AnyKind
  const line = lineOf(kind)
  const commands: Record<string, Command<Args, Cx>> = {
    [`${kind.command} new`]: {
      summary: {
        zh: `开一个${kind.called.zh}；不写内容就一步一步问`,
        en: `Open a ${kind.called.en}; without anything more, step by step`,
      },
      role: 'admin',
      args: { line: arg.optional(line) },
      run: ({ line }, cx, said) =>
        line === undefined ? askFirst(kind, said, cx) : openLine(kind, line as ReadLine, cx),
    },
    [`${kind.command} preview`]: {
      summary: {
        zh: `先看看${kind.called.zh}的样子，只发在这里`,
        en: `Show a ${kind.called.en} here before members see it`,
      },
      role: 'helper',
      args: { line },
      run: ({ line }, cx) => preview(kind, line as ReadLine, cx),
    },
  }
  const jobs = ['open', 'close', 'last', 'board'] as const
  const made = {
    ...parts,
    name: kind.name,
    summary: kind.summary,
    tables: { ...parts.tables, ...activityTables(kind.content, kind.entry) },
    texts: { zh: { ...activityTexts.zh, ...parts.texts.zh }, en: { ...activityTexts.en, ...parts.texts.en } },
    jobs,
    questions: ['entry', 'word', 'step'],
    onJob: Object.fromEntries(
      jobs.map((job) => [job, (key: string, cx: Cx, due: Millis) => onTimer(kind, job, key, due, cx)]),
    ),
    numbers: {
      last: lastNumber,
      about(no: number, cx: Cx) {
        const live = liveOf(no, cx)
        return live && cx.text('actAbout', { no, name: nameOf(kind, live, cx) })
      },
      undo(no: number, cx: Cx) {
        const live = liveOf(no, cx)
        if (!live || live.phase === 'settled' || live.phase === 'cancelled') return undefined
        return [...cancel(kind, live, cx.text('actUndone'), cx), cx.replyText(cx.text('actCancelDone', { no }))]
      },
      why: (no: number, cx: Cx) => act(kind, no, { verb: 'show', from: 'm0', group: null }, cx),
    },
    activities: {
      act: (no: number, request: Request, cx: Cx) => act(kind, no, request, cx),
      list: (cx: Cx) => listed(kind, cx),
    },
    onWord: { [kind.word]: (said: SaidWord, cx: Cx) => byWord(kind, said, cx) },
    onAnswer: {
      entry: (said: Answer, cx: Cx) => byAnswer(kind, said, said.text, cx),
      word: (said: Answer, cx: Cx) => byAnswer(kind, said, '', cx),
      step: (said: Answer, cx: Cx) => answered(kind, said, cx),
    },
    answer: (said: Said, cx: Cx) => byHearing(kind, said, cx),
    commands: { ...commands, ...kind.commands },
  }
  return made as unknown as AnyFeature
}
