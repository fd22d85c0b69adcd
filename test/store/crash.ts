// Kills a real process that commits awards, again and again, and counts what the next start finds.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { expect } from 'vitest'
import { ledger, openBank } from './bank.ts'

/** Moments of a commit and of folding at which a process kills itself. */
export const namedPoints = [
  'before write jsonl 3',
  'half write jsonl 4',
  'after write jsonl 2',
  'before flush jsonl 5',
  'after flush jsonl 4',
  'before write head 3',
  'before rename jsonl 1',
  'after rename jsonl 1',
  'half write main.json 1',
  'before rename main.json 1',
  'after rename main.json 1',
  'after rename main.head 1',
  'before rename backup 1',
  'after rename backup 1',
  'after rename jsonl 2',
  'after rename main.json 2',
] as const

/**
 * One life of the process, ended by SIGKILL at a named point or after so many acknowledgements.
 * @returns the numbers of the awards that were acknowledged
 */
export async function live(folder: string, end: { point: string } | { acknowledgements: number }): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'crash-child.ts'), folder], {
    env: { ...process.env, DIE_AT: 'point' in end ? end.point : '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const acknowledged: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== 'ready') acknowledged.push(Number(line))
    // A named point that does not come (there is nothing to fold in a short life) ends like the others.
    if (acknowledged.length >= ('point' in end ? 200 : end.acknowledgements)) child.kill('SIGKILL')
  }
  const [, signal] = (await closed) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return acknowledged
}

/** Every acknowledged award is there once, and nothing is there that the journal does not tell of. */
export async function expectAll(folder: string, acknowledged: readonly number[]): Promise<void> {
  const { store } = await openBank(folder)
  const found = ledger(store)
  const expected = Object.fromEntries(Array.from({ length: store.nextSeq - 1 }, (_, i) => [`award/${i + 1}`, 1]))
  expect(found).toEqual(expected)
  expect(new Set(acknowledged).size).toBe(acknowledged.length)
  expect(acknowledged.filter((seq) => found[`award/${seq}`] !== 1)).toEqual([])
  await store.close()
}
