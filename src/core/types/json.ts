// Values that survive JSON, and changes of records that are made of them.

/** Any value that survives JSON unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One change of one record; `null` stands for "no such record". */
export interface Change {
  table: string
  key: string
  before: Json
  after: Json
}
