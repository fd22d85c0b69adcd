// What members' questions mean: vectors of the library's wordings, made ready in the background, and how near the vector of a question
// comes to each entry. Nobody waits for it longer than some seconds; what is not there by then is answered by the words alone.
import type { Embeddings } from './ai/embeddings.ts'
import type { Settings } from './core/feature/settings.ts'
import type { MeaningQuery } from './core/types/effect.ts'
import type { MeaningAnswer, ModelTrouble } from './core/types/event.ts'
import type { Prepared } from './features/faq/care.ts'
import { shareOf, type Config } from './features/faq/entry.ts'
import { backgroundTried, calibratingWith, type Calibration } from './features/faq/levels.ts'
import { oddsOf, scaleOf, type Meaning, type Scale } from './search/meaning.ts'
import { cosine, type Vector } from './search/vectors.ts'

/** Milliseconds after which a question is answered without. */
const patience = 4_000
/** After a failure the library is not asked for again before this time (ms). */
const tryAgainAfter = 10 * 60_000
/** Entries that a text may mean. */
const mostNear = 12
/** Wordings from which the scale is found; all of a small library. */
const mostMeasured = 300
/** Numbers compared between two rests: some milliseconds. */
const comparedAtOnce = 4_000_000

interface Known {
  readonly id: string
  readonly text: string
  readonly vector: Vector
}

/** A library of which all is known. */
interface Ready {
  readonly known: readonly Known[]
  readonly scale: Scale
  readonly calibration: Calibration
}

/** Of one library and one model: being made, made, or why not. */
interface Making {
  readonly prepared: Prepared
  readonly name: string
  readonly begun: number
  ready?: Ready
  failed?: { why: ModelTrouble; status: number | null }
  readonly done: Promise<void>
}

export interface MeaningParts {
  embeddings: Embeddings
  /** Those of the moment. */
  settings: () => Settings
  /** Milliseconds since 1970. */
  now: () => number
  /** Lets others have their turn. */
  rest: () => Promise<void>
}

export class Meanings {
  readonly #parts: MeaningParts
  #making: Making | undefined

  constructor(parts: MeaningParts) {
    this.#parts = parts
  }

  /** Begins to make the library of the moment ready, if it is not. Never rejects. */
  prepare(): Making | undefined {
    const settings = this.#parts.settings()
    const { config, prepared } = settings.feature('faq', null) as { config: Config; prepared: Prepared | undefined }
    const name = config.embeddings?.model
    if (name === undefined || prepared === undefined || prepared.placed.length === 0) return undefined
    const before = this.#making
    const isSame = before?.prepared === prepared && before.name === name
    if (isSame && !(before.failed && this.#parts.now() - before.begun >= tryAgainAfter)) return before
    const made = this.#make(prepared, name, config.eager, settings.language)
    const making: Making = {
      prepared,
      name,
      begun: this.#parts.now(),
      done: made.then((got) => void Object.assign(making, got)),
    }
    return (this.#making = making)
  }

  /** How near texts come to the entries; `off` while that is not known. Never rejects. */
  async ask({ language, texts }: MeaningQuery): Promise<MeaningAnswer> {
    const making = this.prepare()
    if (!making) return { outcome: 'off' }
    const deadline = AbortSignal.timeout(patience)
    await Promise.race([making.done, new Promise((resolve) => deadline.addEventListener('abort', resolve))])
    const { ready, failed, name } = making
    if (failed) return { outcome: 'failed', ...failed }
    if (!ready) return { outcome: 'off' }
    const found = await this.#parts.embeddings.of(texts, { name, language, deadline })
    if (found.outcome !== 'done') return found
    const meanings: { odds: [string, number][]; least: number }[] = []
    for (const vector of found.vectors) {
      const { odds, least } = await this.#meaningOf(vector, ready)
      meanings.push({ odds: [...odds], least })
    }
    return { outcome: 'done', levels: ready.calibration.levels, meanings }
  }

  async #meaningOf(vector: Vector, { known, scale }: Ready): Promise<Meaning> {
    const atOnce = restsAfter(vector)
    const best = new Map<string, number>()
    for (const [at, wording] of known.entries()) {
      if (at % atOnce === atOnce - 1) await this.#parts.rest()
      best.set(wording.id, Math.max(best.get(wording.id) ?? -1, cosine(vector, wording.vector)))
    }
    return meaningFrom(best, scale)
  }

  async #make(
    prepared: Prepared,
    name: string,
    eager: string,
    language: 'zh' | 'en',
  ): Promise<Pick<Making, 'ready' | 'failed'>> {
    const { embeddings, rest } = this.#parts
    const wordings = prepared.library.shelves.flatMap(({ index }) =>
      index.wordings.map(({ id, phrasing: text }) => ({ id, text })),
    )
    const found = await embeddings.of([...wordings.map(({ text }) => text), ...backgroundTried], { name, language })
    if (found.outcome === 'off') return {}
    if (found.outcome === 'failed') return { failed: { why: found.why, status: found.status } }
    const { vectors } = found
    const known = wordings.flatMap((wording, i) => {
      const vector = vectors[i]
      return vector ? [{ ...wording, vector }] : []
    })
    const vectorOf = new Map(
      [...wordings.map(({ text }) => text), ...backgroundTried].map((text, i) => [text, vectors[i]]),
    )
    const others: number[] = []
    const same: number[] = []
    const step = Math.max(1, Math.ceil(known.length / mostMeasured))
    for (let at = 0; at < known.length; at += step) {
      const own = known[at] as Known
      let other = -1
      for (const wording of known) {
        if (wording === own) continue
        const near = cosine(own.vector, wording.vector)
        if (wording.id === own.id) same.push(near)
        else other = Math.max(other, near)
      }
      if (other > -1) others.push(other)
      await rest()
    }
    const scale = scaleOf(others, same)
    const steps = calibratingWith(
      prepared.library,
      (text, { id, place }) => {
        const vector = vectorOf.get(text)
        if (!vector) return undefined
        const best = new Map<string, number>()
        for (const wording of known) {
          if (wording.id === id || (place !== undefined && wording.text === text)) continue
          best.set(wording.id, Math.max(best.get(wording.id) ?? -1, cosine(vector, wording.vector)))
        }
        return meaningFrom(best, scale)
      },
      shareOf(eager),
    )
    for (;;) {
      const step = steps.next()
      if (step.done) return { ready: { known, scale, calibration: step.value } }
      await rest()
    }
  }
}

function meaningFrom(best: ReadonlyMap<string, number>, scale: Scale): Meaning {
  const sorted = [...best]
    .map(([id, near]): [string, number] => [id, oddsOf(near, scale)])
    .sort(([, a], [, b]) => b - a)
  return { odds: new Map(sorted.slice(0, mostNear)), least: sorted[mostNear]?.[1] ?? sorted.at(-1)?.[1] ?? 0 }
}

function restsAfter({ numbers }: Vector): number {
  return Math.max(1, Math.floor(comparedAtOnce / numbers.length))
}
