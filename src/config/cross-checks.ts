// What can only be judged when the settings of a group are together: words claimed twice, coupons, and the features' own checks.
import type { AnyFeature } from '../core/feature/feature.ts'
import type { Localised } from '../core/types/localised.ts'
import { ruleLines } from '../core/engine/house.ts'
import type { About } from '../core/feature/settings-check.ts'
import type { FeatureSettings, GroupSettings } from '../core/feature/settings.ts'
import { canonical } from '../core/lib/text.ts'
import { WordList } from '../core/feature/words.ts'
import { marked, type Named } from './files.ts'
import { isWritten, placeIn, type Layer } from './layers.ts'
import { placeText, type Language } from './problem.ts'
import { nearest } from '../core/lib/spelling.ts'
import type { Issue } from './wording.ts'
import type { Path } from './yaml.ts'

/** A feature's settings in a group, or in the community at large, and where they come from. */
export interface Case {
  feature: AnyFeature
  layers: Layer[]
  settings: FeatureSettings
}

/** An issue, and the layers in which to look for its place. */
export type Found = Issue & { layers: Layer[] }

type World = Pick<About<unknown>, 'groups' | 'fileTrouble' | 'orderTrouble' | 'today' | 'quiet'> & {
  /** The groups with exactly these settings of a feature. */
  usedIn: (config: unknown) => readonly GroupSettings[]
}

/** Runs each feature's own `check`, once for all groups with the same settings and, where it looks at them, the same rules. */
export function checker(language: Language, { usedIn, ...world }: World): (cases: readonly Case[]) => Found[] {
  const done = new Map<unknown, 'whatever the rules' | Set<string>>()
  return (cases) => {
    const rules = ruleLines(cases, language)
    return cases.flatMap(({ feature, settings, layers }) => {
      const seen = done.get(settings.config) ?? new Set<string>()
      if (!feature.check || seen === 'whatever the rules' || seen.has(rules.join('\n'))) return []
      done.set(settings.config, 'whatever the rules')
      const about = {
        ...world,
        language,
        get rules() {
          done.set(settings.config, seen.add(rules.join('\n')))
          return rules
        },
        prepared: settings.prepared,
        usedIn: usedIn(settings.config),
      }
      return feature.check(settings.config, about).map(({ path, message, level }): Found => {
        return { layers, path, text: message[language], ...(level === 'warning' && { warning: true }) }
      })
    })
  }
}

/** Finds coupons that settings name and that `coupons.yaml` does not have, or not in this group. */
export function couponChecker(language: Language, hasKeeper: boolean): (cases: readonly Case[]) => Found[] {
  const couponsOf = markedOnce('coupon')
  return (cases) => {
    const keeper = cases.find(({ feature }) => feature.coupons)
    // A file that was refused has been told already.
    if (!keeper && hasKeeper) return []
    const kinds = [...(keeper?.feature.coupons?.(keeper.settings.prepared).keys() ?? [])]
    const file = keeper?.feature.name ?? 'coupons'
    const on = cases.filter(({ settings }) => settings.enabled)
    return on.flatMap((where) =>
      couponsOf(where).flatMap(({ path, name }): Found[] => {
        const known = kinds.includes(name)
        if (known && keeper?.settings.enabled) return []
        const text = known ? couponsOff(name, file) : noCoupon(name, file, nearest(name, kinds))
        return [{ layers: where.layers, path, text: text[language] }]
      }),
    )
  }
}

/** What settings name under a mark, looked for once in settings that many groups share. */
function markedOnce(mark: 'coupon' | 'word'): (where: Case) => Named[] {
  const known = new Map<unknown, Named[]>()
  return ({ feature, settings: { config } }) => {
    const names = known.get(config) ?? marked(feature.config, config, (meta) => meta[mark] === true)
    known.set(config, names)
    return names
  }
}

function couponsOff(name: string, file: string): Localised {
  return {
    zh: `这里要发券「${name}」，可是优惠券功能（${file}）在这里关着。`,
    en: `this needs the coupon "${name}", but the feature ${file} is off here.`,
  }
}

function noCoupon(name: string, file: string, near: string | undefined): Localised {
  return {
    zh: `${file}.yaml 里没有「${name}」这种券${near ? `，是不是想写「${near}」？` : '。'}`,
    en: `${file}.yaml has no coupon "${name}"${near ? `; did you mean "${near}"?` : '.'}`,
  }
}

interface Claim {
  where: Case
  path: Path
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

/** Finds words that settings name, such as a draw's own, and that mean something else where they are said. */
export function ownWordChecker(language: Language): (cases: readonly Case[]) => Found[] {
  const wordsOf = markedOnce('word')
  return (cases) => {
    const caseOf = (name: string): Case => {
      const found = cases.find(({ feature }) => feature.name === name)
      if (!found) throw new Error(`no case of ${name}`)
      return found
    }
    const features = cases.map(({ feature }) => feature)
    const list = new WordList(features, { feature: (name) => caseOf(name).settings })
    const on = cases.filter(({ settings }) => settings.enabled)
    return on.flatMap((where) =>
      wordsOf(where).flatMap(({ path, name }) => {
        const taken = list.find(name, null)
        if (!taken) return []
        const first: Claim = { where: caseOf(taken.feature.name), path: ['words', taken.word] }
        return [clash(name, first, { where, path }, language)]
      }),
    )
  }
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
