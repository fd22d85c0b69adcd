// Names in the form in which they are compared.
import { canonical } from '../core/lib/text.ts'

/** The same names are compared over and over, and normalising is the dear part: one memory for one comparison of lists. */
export type Form = (name: string) => string

export function remembering(): Form {
  const forms = new Map<string, string>()
  return (name) => {
    let its = forms.get(name)
    if (its === undefined) forms.set(name, (its = canonical(name)))
    return its
  }
}

/** The things that have each key, such as the people with a name. */
export class Bearers<T> {
  readonly #things = new Map<string, Set<T>>()

  add(key: string, thing: T): void {
    if (key === '') return
    const things = this.#things.get(key)
    if (things) things.add(thing)
    else this.#things.set(key, new Set([thing]))
  }

  of(key: string): ReadonlySet<T> {
    return this.#things.get(key) ?? nobody
  }
}
const nobody: ReadonlySet<never> = new Set()

/** The only one there is. */
export function only<T>(of: Iterable<T>): T | undefined {
  const [first, second] = of
  return second === undefined ? first : undefined
}
