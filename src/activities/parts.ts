// What types the contexts of a kind: its settings, tables, words and texts, declared apart so that several files can use them.
import type { z } from 'zod'
import type { Context } from '../core/feature/context.ts'
import type { GroupView } from '../core/feature/directory.ts'
import type { TableSpec } from '../core/feature/tables.ts'
import type { Word } from '../core/feature/words.ts'

export type Texts = Readonly<Record<string, string>>
type TableSpecs = Record<string, TableSpec<object>>

export interface Declared {
  config: unknown
  prepared: unknown
  tables: TableSpecs
  words: string
  texts: Texts
}

/** What a kind's functions see of the community at large. */
export type CommunityContext<D extends Declared> = Omit<
  Context<D['config'], D['prepared'], D['tables'], keyof D['texts'] & string>,
  'inGroup'
> & { inGroup(group: GroupView['id']): GroupContext<D> }
/** What they see of one group. */
export type GroupContext<D extends Declared> = CommunityContext<D> & { readonly group: GroupView }

export interface Parts<C, T extends TableSpecs, W extends string, X extends Texts> {
  config: z.ZodType<C>
  tables?: T
  words: Record<W, Word>
  texts: { zh: X; en: Record<keyof NoInfer<X>, string> }
}

/** Declares the parts of a kind; only checks types. */
export function kindParts<C, W extends string, const X extends Texts, T extends TableSpecs = Record<never, never>>(
  parts: Parts<C, T, W, X>,
): Parts<C, T, W, X> {
  return parts
}

type DeclaredBy<F> =
  F extends Parts<infer C, infer T, infer W, infer X>
    ? { config: C; prepared: undefined; tables: T; words: W; texts: X }
    : never
export type CommunityContextOf<F> = CommunityContext<DeclaredBy<F>>
export type GroupContextOf<F> = GroupContext<DeclaredBy<F>>
