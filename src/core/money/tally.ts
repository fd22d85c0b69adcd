// How many coupons of each kind were issued, and what became of them.

/** How many of a kind were ever issued, and what became of them; what was declared void counts as expired. */
export interface Tally {
  issued: number
  used: number
  expired: number
  open: number
}

/** The tallies of the kinds of which any were issued, by name. @param open the coupons that can still be used */
export function tallies(
  totals: Iterable<readonly [kind: string, total: { issued: number; used: number }]>,
  open: readonly { kind: string }[],
): Map<string, Tally> {
  const still = new Map<string, number>()
  for (const { kind } of open) still.set(kind, (still.get(kind) ?? 0) + 1)
  const kinds = [...totals].filter(([, { issued }]) => issued > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(
    kinds.map(([kind, { issued, used }]) => {
      const left = still.get(kind) ?? 0
      return [kind, { issued, used, open: left, expired: issued - used - left }]
    }),
  )
}
