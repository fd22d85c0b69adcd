// Why something that a person asked for is not done, in the person's words. A bug is no refusal: it throws.
import type { Localised } from './localised.ts'

/** The one shape of what is told to a person instead of doing what was asked for. A handler returns it, and so does an argument that cannot be read. */
export class Refusal {
  readonly message: Localised
  /** How to say it right, when that is shorter than the whole usage of the command. */
  readonly cure: Localised | undefined
  /** Nothing is wrong, but it must be asked back. */
  readonly isQuestion: boolean
  /** What was typed is understood, but it cannot be done. */
  readonly isClear: boolean

  constructor(zh: string, en: string, more: { cure?: Localised; isQuestion?: boolean; isClear?: boolean } = {}) {
    this.message = { zh, en }
    this.cure = more.cure
    this.isQuestion = more.isQuestion ?? false
    this.isClear = more.isClear ?? this.isQuestion
  }

  /** The same, with a cure if it has none of its own. */
  withCure(cure: Localised | undefined): Refusal {
    const { message, isQuestion, isClear } = this
    const either = this.cure ?? cure
    return new Refusal(message.zh, message.en, { ...(either ? { cure: either } : {}), isQuestion, isClear })
  }

  /** The whole of it, the cure on a line of its own. */
  in(language: keyof Localised): string {
    return this.cure ? `${this.message[language]}\n${this.cure[language]}` : this.message[language]
  }
}
