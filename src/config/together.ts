// What can only be judged when the settings of a group are together: words claimed twice, coupons, and the features' own checks.
import type { AnyFeature } from '../core/feature.ts'
import { fill } from '../core/house.ts'
import type { FeatureSettings } from '../core/settings.ts'
import { canonical } from '../core/text.ts'
import { marked } from './files.ts'
import { isWritten, placeIn, type Layer } from './layers.ts'
import { placeText, type Language } from './problem.ts'
import { nearest } from './spelling.ts'
import type { Issue } from './wording.ts'

/** A feature's settings in a group, or in the community at large, and where they come from. */
export interface Case {
  feature: AnyFeature
  layers: Layer[]
  settings: FeatureSettings
}

export type Found = Issue & { layers: Layer[] }

/** Runs each feature's own `check`, once for all groups with the same settings and rules. */
export function checker(language: Language): (cases: readonly Case[]) => Found[] {
  const done = new Map<unknown, Set<string>>()
  return (cases) => {
    const rules = cases.flatMap(({ feature, settings }) =>
      settings.enabled ? (feature.rules?.(settings.config, fill(feature, settings)) ?? []) : [],
    )
    return cases.flatMap(({ feature, settings, layers }) => {
      const seen = done.get(settings.config) ?? new Set<string>()
      if (!feature.check || seen.has(rules.join('\n'))) return []
      done.set(settings.config, seen.add(rules.join('\n')))
      const about = { language, rules, prepared: settings.prepared }
      return feature.check(settings.config, about).map(({ path, message, level }): Found => {
        return { layers, path, text: message[language], ...(level === 'warning' && { warning: true }) }
      })
    })
  }
}

/** Coupons that settings name and that `coupons.yaml` does not have, or not in this group. */
export function unknownCoupons(cases: readonly Case[], language: Language): Found[] {
  const keeper = cases.find(({ feature }) => feature.coupons)
  const kinds = [...(keeper?.feature.coupons?.(keeper.settings.prepared).keys() ?? [])]
  const name = keeper?.feature.name ?? 'coupons'
  return cases
    .filter(({ settings }) => settings.enabled)
    .flatMap(({ feature, settings, layers }) =>
      marked(feature.config, settings.config, ({ coupon }) => coupon === true).flatMap((named): Found[] => {
        if (kinds.includes(named.name)) {
          if (keeper?.settings.enabled) return []
          const text = {
            zh: `这里要发券「${named.name}」，可是优惠券功能（${name}）在这里关着。`,
            en: `this needs the coupon "${named.name}", but the feature ${name} is off here.`,
          }
          return [{ layers, path: named.path, text: text[language] }]
        }
        const near = nearest(named.name, kinds)
        const text = {
          zh: `${name}.yaml 里没有「${named.name}」这种券${near ? `，是不是想写「${near}」？` : '。'}`,
          en: `${name}.yaml has no coupon "${named.name}"${near ? `; did you mean "${near}"?` : '.'}`,
        }
        return [{ layers, path: named.path, text: text[language] }]
      }),
    )
}

interface Claim {
  where: Case
  path: ['words', string, number]
}

/** Two features (or two words of one) that members would call by the same word. */
export function sharedWords(cases: readonly Case[], language: Language): Found[] {
  const claims = new Map<string, Claim>()
  const found: Found[] = []
  for (const where of cases.filter(({ settings }) => settings.enabled)) {
    for (const [name, words] of Object.entries(where.settings.words)) {
      for (const [i, word] of words.entries()) {
        const claim: Claim = { where, path: ['words', name, i] }
        const first = claims.get(canonical(word))
        if (!first) claims.set(canonical(word), claim)
        else if (first.where !== where || first.path[1] !== name) found.push(clash(word, first, claim, language))
      }
    }
  }
  return found
}

/** Told at the place that the operator wrote; a feature's usual words stand in no file. */
function clash(word: string, first: Claim, second: Claim, language: Language): Found {
  const [here, there] = isWritten(second.where.layers, second.path) ? [second, first] : [first, second]
  const written = isWritten(there.where.layers, there.path)
  const { name, summary } = there.where.feature
  const place = written ? placeText(placeIn(there.where.layers, there.path), language) : undefined
  const text = {
    zh: `「${word}」已经是 ${name}（${summary.zh}）的口令${place ? `，写在 ${place}` : '，是它自带的'}。同一个群里一个口令只能做一件事，请换一个，或关掉其中一个功能。`,
    en: `"${word}" is already a word of ${name} (${summary.en})${place ? `, in ${place}` : ', by default'}. In one group a word can do one thing only: choose another, or switch one feature off.`,
  }
  return { layers: here.where.layers, path: here.path, text: text[language] }
}
