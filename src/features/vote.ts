// A poll: everybody has one vote, by number or by the option itself, and may change it until it closes.
import { z } from 'zod'
import { activity } from '../activities/activity.ts'
import { Scheduled } from '../activities/presets.ts'
import type { Entered, Live } from '../activities/records.ts'
import { readAnswer, sameAnswer, type Form } from '../core/feature/answers.ts'
import { Label } from '../core/feature/argument-line.ts'
import { featureParts } from '../core/feature/feature.ts'
import { Refusal } from '../core/types/refusal.ts'

const Content = z.strictObject({ options: z.array(z.string()).min(2).max(12) })
type Content = z.infer<typeof Content>

const parts = featureParts({
  config: z.strictObject({ scheduled: Scheduled }),
  words: { vote: { say: ['投票', '投'], en: ['vote'], rest: 'close' } },
  texts: {
    zh: {
      opened: '🗳 投票 #{{no}}：{{title}}\n{{options}}\n回复编号或选项就能投，一人一票，截止前可以改。',
      how: '回复选项或编号，例如「{{word}} 1」',
      voted: '🗳 {{name}} 投了「{{option}}」',
      changed: '🗳 {{name}} 改投「{{option}}」',
      board: '🗳 {{title}}（#{{no}}），现在 {{count}} 票\n{{lines}}',
      line: '{{mark}} {{option}}　{{votes}} 票',
      result: '📊 投票 #{{no}}「{{title}}」结束，{{count}} 人投票\n{{lines}}',
      resultLine: '{{medal}} {{option}}　{{votes}} 票（{{percent}}%）',
      tied: '并列第一，怎么定请大家再商量。',
      vote: '投了',
    },
    en: {
      opened:
        '🗳 Poll #{{no}}: {{title}}\n{{options}}\nReply with a number or an option; one vote each, and you may change it.',
      how: 'reply with an option or its number, such as “{{word}} 1”',
      voted: '🗳 {{name}} voted for “{{option}}”',
      changed: '🗳 {{name}} now votes for “{{option}}”',
      board: '🗳 {{title}} (#{{no}}), votes so far: {{count}}\n{{lines}}',
      line: '{{mark}} {{option}}  {{votes}}',
      result: '📊 Poll #{{no}} “{{title}}” is over, votes: {{count}}\n{{lines}}',
      resultLine: '{{medal}} {{option}}  {{votes}} ({{percent}}%)',
      tied: 'A tie: please settle it among you.',
      vote: 'vote',
    },
  },
})

/** Options that are numbers themselves are called by letters. */
function formOf({ options }: Content): Form & { kind: 'choice' } {
  return { kind: 'choice', options, by: options.some((option) => /^\d+$/.test(option)) ? 'letter' : 'number' }
}

function markOf(content: Content, i: number): string {
  return formOf(content).by === 'letter' ? String.fromCharCode(65 + i) : `${i + 1}.`
}

function tally({ content }: Live<Content>, entries: Entered<number>[]) {
  return content.options.map((option, i) => ({
    option,
    mark: markOf(content, i),
    votes: entries.filter(({ value }) => value === i).length,
  }))
}

export const vote = activity(parts, {
  name: 'vote',
  summary: { zh: '投票，一人一票', en: 'Polls, one vote each' },
  called: { zh: '投票', en: 'poll' },
  word: 'vote',
  content: Content,
  entry: z.int().nonnegative(),
  showsBoard: true,
  openings: ({ scheduled }) => scheduled,
  line: {
    command: 'vote',
    example: { zh: '周末吃什么 火锅 烧烤 日料 截止 20:00', en: '"Where to eat" hotpot barbecue sushi until 20:00' },
    things: 'plain',
    thing: { zh: '选项', en: 'options' },
    most: { things: 12, each: 1 },
    keywords: {},
  },

  read({ things }) {
    const options = things.map(({ name }) => name)
    if (options.length < 2) return new Refusal('至少要写两个选项', 'a poll needs two options at least')
    const odd = options.find((option) => !Label.safeParse(option).success)
    if (odd !== undefined)
      return new Refusal(
        `选项「${odd.slice(0, 20)}」太长，或有特殊符号`,
        `the option “${odd.slice(0, 20)}” is too long or has odd signs`,
      )
    const twice = options.find((option, i) => options.some((other, j) => j < i && sameAnswer(option, other)))
    return twice === undefined
      ? { options }
      : new Refusal(`选项「${twice}」写了两次`, `the option “${twice}” is there twice`)
  },
  opening({ no, title, content }, _word, { text }) {
    const options = content.options.map((option, i) => `${markOf(content, i)} ${option}`).join('\n')
    return text('opened', { no, title, options })
  },
  how: (_live, word, { text }) => text('how', { word }),
  form: ({ content }) => formOf(content),
  take(typed, { name, before }, { content }, { text }) {
    const value = readAnswer(formOf(content), typed)
    const option = value === undefined ? undefined : content.options[value]
    if (value === undefined || option === undefined) return undefined
    return { value, said: text(before === undefined || before === value ? 'voted' : 'changed', { name, option }) }
  },
  board(live, entries, { text }) {
    const lines = tally(live, entries)
      .map((counted) => text('line', counted))
      .join('\n')
    return text('board', { title: live.title, no: live.no, count: entries.length, lines })
  },
  settle(live, entries, { text }) {
    const ranked = tally(live, entries).sort((a, b) => b.votes - a.votes)
    const most = ranked[0]?.votes ?? 0
    const lines = ranked.map(({ option, votes }) =>
      text('resultLine', {
        medal: votes === most ? '🥇' : '·',
        option,
        votes,
        percent: Math.round((votes * 100) / entries.length),
      }),
    )
    const tied = ranked[1]?.votes === most ? [text('tied')] : []
    return {
      said: text('result', {
        no: live.no,
        title: live.title,
        count: entries.length,
        lines: [...lines, ...tied].join('\n'),
      }),
    }
  },
  columns: (_live, { text }) => [text('vote')],
  row: ({ value }, { content }) => [content.options[value] ?? ''],
})
