// Texts for people, in both languages of the bot.

/** A text in both languages. */
export interface Localised {
  zh: string
  en: string
}

/** What fills a text's `{{names}}`. */
export type Vars = Readonly<Record<string, string | number>>
/** A feature's texts in one language, by their keys. */
export type Texts = Readonly<Record<string, string>>

/** The `{{names}}` of a template, read from its literal type; any name when the template is not known before the program runs. */
export type NamesIn<T extends string> = string extends T
  ? string
  : T extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | NamesIn<Rest>
    : never
/** What has to be given for a template: all its names and nothing else; nothing for a template without names. */
export type VarsOf<T extends string> = string extends T
  ? [vars?: Vars]
  : [NamesIn<T>] extends [never]
    ? []
    : [vars: Readonly<Record<NamesIn<T>, string | number>>]
/** Fills in one of a feature's texts: `text('done', { points: 5 })`. */
export type Fill<X extends Texts> = <K extends keyof X & string>(key: K, ...vars: VarsOf<X[K]>) => string
