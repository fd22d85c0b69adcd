// Texts for people, in both languages of the bot.

/** A text in both languages. */
export interface Localised {
  zh: string
  en: string
}

/** What fills a text's `{{names}}`. */
export type Vars = Readonly<Record<string, string | number>>
/** Fills in one of a feature's texts. */
export type Fill<X extends string> = (key: X, vars?: Vars) => string
