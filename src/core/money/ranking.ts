// Members by their points: the first places and a member's own, found without sorting all.
import type { MemberId } from '../types/ids.ts'

/** A place in a ranking. */
export interface Rank {
  member: MemberId
  points: number
  /** From 1; equal points share a place. */
  place: number
}

/** A ranking as it was when it was asked for. Members without points are left out. */
export class Ranking {
  readonly #members: readonly MemberId[]
  readonly #points: readonly number[]

  /** @param points of each of the members, at the same index; nobody is ranked with 0 or less */
  constructor(among: readonly MemberId[], points: readonly number[]) {
    this.#members = among
    this.#points = points
  }

  /** The first `count` of the ranking; of those with equal points, those known longer come first. */
  top(count: number): Rank[] {
    const first: { member: MemberId; points: number; number: number }[] = []
    for (const [i, points] of this.#points.entries()) {
      const last = first[count - 1]
      const member = this.#members[i]
      if (points <= 0 || member === undefined || (last && points < last.points)) continue
      const entrant = { member, points, number: Number(member.slice(1)) }
      const at = first.findIndex(
        (other) => points > other.points || (points === other.points && entrant.number < other.number),
      )
      first.splice(at < 0 ? first.length : at, 0, entrant)
      first.length = Math.min(first.length, count)
    }
    return first.map(({ member, points }) => ({ member, points, place: this.#placeOf(points) }))
  }

  /** A member's own place; undefined without points. */
  of(member: MemberId): Rank | undefined {
    const points = this.#points[this.#members.indexOf(member)] ?? 0
    return points <= 0 ? undefined : { member, points, place: this.#placeOf(points) }
  }

  #placeOf(points: number): number {
    return 1 + this.#points.reduce((better, other) => better + (other > points ? 1 : 0), 0)
  }
}
