// Templates with {{names}}: filling them in, and knowing which names they use.
import Mustache from 'mustache'
import type { Vars } from '../types/localised.ts'

/** The names that a template uses. @throws when the template is not well formed. */
export function namesIn(template: string): Set<string> {
  const names = new Set<string>()
  const walk = (tokens: unknown) => {
    // A Mustache token is [type, value, start, end, children?].
    for (const token of tokens as [string, string, number, number, unknown?][]) {
      if (token[0] !== 'text') names.add(token[1])
      if (Array.isArray(token[4])) walk(token[4])
    }
  }
  walk(Mustache.parse(template))
  return names
}

/** Fills in a template. What is filled in is never read as a template again. @throws when a name is not given. */
export function render(template: string, vars: Vars): string {
  const view: Record<string, string | number> = Object.assign(Object.create(null), vars)
  for (const name of namesIn(template)) if (!(name in view)) throw new Error(`no value for {{${name}}} in: ${template}`)
  return Mustache.render(template, view, {}, { escape: String })
}
