import { describe, expect, it } from 'vitest'
import { MovableClock } from '../../src/playground/clock.ts'

const minute = 60_000

describe('the movable clock', () => {
  it('comes by each timer at its time and in its order, also by those that are set on the way', async () => {
    const clock = new MovableClock()
    const start = clock.now()
    const seen: [string, number][] = []
    const see = (name: string) => seen.push([name, Math.floor((clock.now() - start) / minute)])
    clock.later(50 * minute, () => see('fifty'))
    clock.later(20 * minute, () => {
      see('twenty')
      clock.later(5 * minute, () => see('five later'))
    })
    const cancel = clock.later(30 * minute, () => see('cancelled'))
    clock.later(10 * minute, cancel)
    const cancelLast = clock.later(90 * minute, () => see('too late'))

    const told: number[] = []
    await clock.forward(start + 60 * minute, (now) => told.push(now))
    expect(seen).toEqual([
      ['twenty', 20],
      ['five later', 25],
      ['fifty', 50],
    ])
    expect(told.toSorted((a, b) => a - b)).toEqual(told)
    expect(told.at(-1)).toBeGreaterThanOrEqual(start + 60 * minute)
    cancelLast()
  })

  it('goes on by itself afterwards: what falls due comes without being pushed', async () => {
    const clock = new MovableClock()
    const start = clock.now()
    const comes = new Promise<void>((resolve) => clock.later(60 * minute + 50, resolve))
    await clock.forward(start + 60 * minute, () => {})
    await comes
    expect(clock.now()).toBeGreaterThanOrEqual(start + 60 * minute + 50)
  })
})
