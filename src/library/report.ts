// What an import or export of the answer library tells the operator.
import type { Localised } from '../core/types/localised.ts'
import type { Entry } from '../features/faq/entry.ts'
import { titleOf } from '../features/faq/rows.ts'
import type { Plan } from './files.ts'

/** Most items of a kind that are listed one by one. */
const shown = 20

const texts = {
  zh: {
    exported: (own: number, learned: number, path: string) =>
      `已导出 ${own + learned} 条到 ${path}` +
      (learned > 0 ? `，其中 ${learned} 条是用 /faq add 收的，导入后就归到答案库。` : '。'),
    checking: (done: number, total: number) => `检查 ${done}/${total}`,
    counts: (plan: Plan) =>
      `新增 ${plan.added.length} 条，修改 ${plan.changed.length} 条，删除 ${plan.removed.length} 条，不变 ${plan.unchanged} 条。`,
    added: '＋ ',
    removed: '－ ',
    changed: '～ ',
    more: (count: number) => `  …… 还有 ${count} 条`,
    problem: '✗ ',
    warning: '！ ',
    refused: '有错，没有写入。改好上面这些行再导入。',
    notYet: '还没有写入。确认无误，再加 --yes 执行一次。',
    written: '已写入。机器人开着的话，几秒后自动生效。',
  },
  en: {
    exported: (own: number, learned: number, path: string) =>
      `${own + learned} entries exported to ${path}` +
      (learned > 0 ? `; ${learned} of them were kept with /faq add and join the library when imported.` : '.'),
    checking: (done: number, total: number) => `checking ${done}/${total}`,
    counts: (plan: Plan) =>
      `${plan.added.length} added, ${plan.changed.length} changed, ${plan.removed.length} removed, ${plan.unchanged} as before.`,
    added: '+ ',
    removed: '- ',
    changed: '~ ',
    more: (count: number) => `  … and ${count} more`,
    problem: '✗ ',
    warning: '! ',
    refused: 'There are errors, so nothing was written. Mend these rows and import again.',
    notYet: 'Nothing is written yet. If this is right, run it again with --yes.',
    written: 'Written. A running bot takes it up within seconds.',
  },
}
export const reportText: Record<keyof Localised, typeof texts.zh> = texts

/** What the operator reads when a file cannot be written; undefined for any other error. */
export function writeErrorText(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const why = error.code === 'ENOENT' ? '没有这个文件夹 / there is no such folder' : error.message
  return `没能写入 / Could not be written: ${why}`
}

/** The preview: counts, then each entry that is added, changed (with the fields) or removed, then what is wrong. */
export function planText(plan: Plan): string {
  const text = texts[plan.next.language]
  const list = (mark: string, lines: readonly string[]) => [
    ...lines.slice(0, shown).map((line) => mark + line),
    ...(lines.length > shown ? [text.more(lines.length - shown)] : []),
  ]
  const named = ({ id, question }: Entry) => `${id}：${question}`
  return [
    text.counts(plan),
    ...list(text.added, plan.added.map(named)),
    ...list(
      text.changed,
      plan.changed.map(
        ({ before, after }) => `${named(after)}（${changedFields(before, after, plan.next.language).join('、')}）`,
      ),
    ),
    ...list(text.removed, plan.removed.map(named)),
    ...list(text.problem, plan.problems),
    ...list(text.warning, plan.warnings),
  ].join('\n')
}

function changedFields(before: Entry, after: Entry, language: keyof Localised): string[] {
  const fields = Object.keys({ ...before, ...after }) as (keyof Entry)[]
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => titleOf(field, language))
}
