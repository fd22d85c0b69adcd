// Types of the script that checks draws, for its tests; the script itself needs nothing but Node.

/** Checks pasted posts. @returns whether they are right, and lines that say so or what is wrong */
export function verify(text: string): { ok: boolean; lines: string[] }
/** The prizes of a rules line, one entry for each piece. */
export function prizesOf(rules: string): string[]
/** The luckiest ticket of every person, in order. */
export function orderOfLuck<T extends { name: string; member: string }>(
  draw: { no: number | string; seed: string; list: string; outside: string },
  tickets: readonly T[],
): T[]
/** The number of a scratch card, 0 to 9999. */
export function cardNumber(day: { day: string; seed: string }, no: number | string, member: string): number
