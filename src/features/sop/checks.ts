// What is wrong, or too much, in a calendar: checked when it is loaded, so that nobody learns it from a silent group.
import { words } from '../../core/feature/argument.ts'
import type { Localised } from '../../core/types/localised.ts'
import { noGroup, type About, type Problem } from '../../core/feature/settings-check.ts'
import { nearest } from '../../core/lib/spelling.ts'
import { canonical } from '../../core/lib/text.ts'
import { namesIn } from '../../core/lib/render.ts'
import { addDays, type DayKey } from '../../core/lib/time.ts'
import { MOST_DAYS, type Prepared, type ReadyPost } from './calendar.ts'
import { contentsOf, givenNames, orderNames } from './content.ts'
import type { Config, Part } from './post.ts'
import { rareTrouble } from './rare.ts'
import { rhythmProblems, neverFires } from './rhythm.ts'

/** A message fits a phone screen. */
const SCREEN = { characters: 300, lines: 15 }

type Path = Problem['path']

export function check(config: Config, about: About<Prepared>): Problem[] {
  const { posts, troubles } = about.prepared
  const problems = [
    ...troubles,
    ...sameIds(config),
    ...holidayProblems(config, about),
    ...posts.flatMap((ready) => postProblems(ready, config, about)),
  ]
  // What cannot be read cannot be counted either.
  return problems.some(({ level }) => level === undefined) ? problems : [...problems, ...rhythmProblems(config, about)]
}

function sameIds({ posts }: Config): Problem[] {
  return posts.flatMap(({ id }, i) => {
    const first = posts.findIndex((other) => other.id === id)
    if (first === i) return []
    return [
      problem(['posts', i, 'id'], {
        zh: `编号「${id}」用了两次（第 ${first + 1} 条也叫它），请换一个。`,
        en: `the id "${id}" is used twice (post ${first + 1} has it too); choose another.`,
      }),
    ]
  })
}

function holidayProblems({ holidays, posts }: Config, { today }: About<Prepared>): Problem[] {
  const turned = holidays.flatMap((holiday, i) => {
    if (
      typeof holiday === 'string' ||
      (holiday.from <= holiday.until && holiday.until < addDays(holiday.from, MOST_DAYS))
    )
      return []
    return [
      problem(['holidays', i, 'until'], {
        zh: `${holiday.from} 到 ${holiday.until} 不像一段假期：最后一天要在第一天之后，最多一年。`,
        en: `${holiday.from} to ${holiday.until} is no holiday: the last day comes after the first, within a year.`,
      }),
    ]
  })
  const asking = posts.findIndex((post) => post.holidays !== undefined)
  if (asking < 0 || turned.length > 0) return turned
  const last = holidays
    .map((holiday) => (typeof holiday === 'string' ? holiday : holiday.until))
    .sort()
    .at(-1)
  if (last !== undefined && last >= today) return []
  const path: Path = last === undefined ? ['posts', asking, 'holidays'] : ['holidays']
  return [
    warning(path, {
      zh: `holidays 里${last === undefined ? '还没有日期' : `的日子都过了，最后一天是 ${last}`}，请按放假安排写上，例如 holidays: [2027-01-01]`,
      en: `holidays has ${last === undefined ? 'no dates yet' : `only dates that are over, the last was ${last}`}; please write them, such as holidays: [2027-01-01]`,
    }),
  ]
}

function postProblems(ready: ReadyPost, config: Config, about: About<Prepared>): Problem[] {
  const { post, index } = ready
  const at = (...rest: Path): Path => ['posts', index, ...rest]
  const problems: Problem[] = []
  post.groups.forEach((group, i) => {
    if (about.groups.includes(group)) return
    problems.push(problem(at('groups', i), noGroup(group, about.groups)))
  })
  if (post.content && post.rotate) {
    problems.push(
      problem(at('rotate'), {
        zh: 'content 和 rotate 只能写一个：要轮换就都写进 rotate。',
        en: 'write either content or rotate: for a rotation put all into rotate.',
      }),
    )
  }
  if (!post.content && !post.rotate && !post.human) {
    problems.push(
      problem(at(), {
        zh: `「${post.id}」没有内容：写 content（发什么）、rotate（轮换）或 human（要人做的事）。`,
        en: `"${post.id}" says nothing: write content, rotate, or human (what a person has to do).`,
      }),
    )
  }
  if (ready.timings.length === post.at.length && neverFires(ready)) {
    problems.push(
      problem(at('at'), {
        zh: `「${post.id}」永远不会发：时间和 weekdays、holidays 没有哪一天同时满足。`,
        en: `"${post.id}" never fires: no day meets its times, weekdays and holidays at once.`,
      }),
    )
  }
  post.at.forEach((time, i) => {
    const rare = typeof time === 'string' ? rareTrouble(time) : undefined
    if (rare) problems.push(warning(at('at', ...(post.at.length > 1 ? [i] : [])), rare))
  })
  const last = lastDay(ready, about.today)
  if (last !== undefined && last < about.today) {
    problems.push(
      warning(at('at'), {
        zh: `「${post.id}」的日期都过了，最后一天是 ${last}，不会再发。请改日期，或者删掉这一条。`,
        en: `"${post.id}" is over, its last day was ${last}; it will not come again. Change the date or delete it.`,
      }),
    )
  }
  const contents = contentsOf(post)
  const names = [...givenNames, ...ready.gives, ...Object.keys(config.variables)]
  const orders = [...orderNames, ...Object.keys(config.variables)]
  contents.forEach((content, i) => {
    const where = (part: number) =>
      post.rotate
        ? at('rotate', i, ...(content.length > 1 ? [part] : []))
        : at('content', ...(content.length > 1 ? [part] : []))
    if (contents.findIndex((other) => JSON.stringify(other) === JSON.stringify(content)) < i) {
      problems.push(
        problem(where(0), {
          zh: '这条和前面的一条一模一样，轮换里每条要不同。',
          en: 'this is the same as an earlier one; in a rotation each must differ.',
        }),
      )
    }
    content.forEach((part, p) => problems.push(...partProblems(part, where(p), { names, orders }, config, about)))
  })
  return problems
}

/** The last day of a post that has only days that are written out. */
function lastDay({ timings }: ReadyPost, today: DayKey): DayKey | undefined {
  const days = timings.map((timing) => (timing.byOpening ? [] : timing.days(today)))
  return days.every((some) => some.length > 0) ? days.flat().sort().at(-1) : undefined
}

function partProblems(
  part: Part,
  path: Path,
  { names, orders }: { names: readonly string[]; orders: readonly string[] },
  { variables }: Config,
  about: About<Prepared>,
): Problem[] {
  if (typeof part === 'string') {
    if (part.startsWith('/') && about.orderTrouble(part) === undefined) return [problem(path, asCommand(part))]
    const filled = Object.entries(variables).reduce(
      (text, [name, value]) => text.replaceAll(`{{${name}}}`, value),
      part,
    )
    return [...templateProblems(part, path, names), ...lengthProblems(filled, path)]
  }
  if (!('do' in part)) return []
  const unknown = templateProblems(part.do, [...path, 'do'], orders)
  // A post that sends posts could send itself, without end.
  const isOwn = canonical(words(part.do.slice(1))[0]?.text ?? '') === 'sop'
  const trouble = isOwn ? ownCommand : about.orderTrouble(part.do)
  return trouble ? [...unknown, problem([...path, 'do'], trouble)] : unknown
}

function asCommand(line: string): Localised {
  return {
    zh: `这样写会把「${line}」当成一句话发到群里。要机器人执行这个命令，写成 do: ${line}`,
    en: `written like this "${line}" is sent to the group as a text. To have the command carried out write do: ${line}`,
  }
}

const ownCommand: Localised = {
  zh: '内容里不能用 /sop 命令：要一起发的，写进同一条内容的列表里。',
  en: 'a post cannot give a /sop command; what belongs together goes into one post, as a list.',
}

function templateProblems(text: string, path: Path, names: readonly string[]): Problem[] {
  return troublesIn(text, names).map((message) => problem(path, message))
}

/** What is wrong with the variables of a text; undefined when all is right. */
export function variableTrouble(text: string, names: readonly string[]): Localised | undefined {
  return troublesIn(text, names)[0]
}

function troublesIn(text: string, names: readonly string[]): Localised[] {
  const list = names.map((name) => `{{${name}}}`).join('、')
  let used: Set<string>
  try {
    used = namesIn(text)
  } catch {
    return [{ zh: '「{{」和「}}」没有配对。', en: 'a "{{" or "}}" has no counterpart.' }]
  }
  return [...used].filter((name) => !names.includes(name)).map((name) => noVariable(name, nearest(name, names), list))
}

function noVariable(name: string, near: string | undefined, list: string): Localised {
  return near === undefined
    ? {
        zh: `这里没有变量 {{${name}}}，可以用：${list}。`,
        en: `there is no variable {{${name}}} here; possible: ${list}.`,
      }
    : {
        zh: `这里没有变量 {{${name}}}，是不是想写 {{${near}}}？`,
        en: `there is no variable {{${name}}} here; did you mean {{${near}}}?`,
      }
}

function lengthProblems(text: string, path: Path): Problem[] {
  const characters = [...text].length
  const lines = text.split('\n').length
  if (characters <= SCREEN.characters && lines <= SCREEN.lines) return []
  return [
    warning(path, {
      zh: `这条有 ${characters} 字、${lines} 行，超过一屏（${SCREEN.characters} 字、${SCREEN.lines} 行），没人会读完，请删短。`,
      en: `this has ${characters} characters and ${lines} lines, more than a screen (${SCREEN.characters}, ${SCREEN.lines}); please shorten it.`,
    }),
  ]
}

function problem(path: Path, message: Localised): Problem {
  return { path, message }
}

function warning(path: Path, message: Localised): Problem {
  return { path, message, level: 'warning' }
}
