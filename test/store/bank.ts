// A small community for the store's tests: members, their points, and awards that are committed one by one.
import { z } from 'zod'
import type { Said } from '../../src/core/types/event.ts'
import { table, type Table, type TableSpec } from '../../src/core/feature/tables.ts'
import { openStore } from '../../src/store/open.ts'
import type { Specs } from '../../src/store/migrations.ts'
import type { Store } from '../../src/store/store.ts'
import type { Disk } from '../../src/store/disk.ts'

export interface Balance {
  points: number
}

export const bankSpecs = specs({ 'points.balances': table(z.strictObject({ points: z.int() })) })

export function specs(tables: Record<string, TableSpec<object>>): Specs {
  return new Map(Object.entries(tables))
}

export const monday = Date.UTC(2026, 10, 23, 8)

export function openBank(folder: string, disk?: Disk, tables: Specs = bankSpecs, now = () => monday) {
  return openStore({ folder, name: 'main', specs: tables, now, ...(disk && { disk }) })
}

export function balances(store: Store): Table<Balance> {
  return store.tables.table<Balance>('points.balances')
}

export function points(store: Store, member = 'm1'): number {
  return balances(store).get(member)?.points ?? 0
}

/** All balances, for comparing. */
export function ledger(store: Store): Record<string, number> {
  return Object.fromEntries([...balances(store).entries()].map(([member, { points }]) => [member, points]))
}

/** Somebody says something; what, does not matter to a store. */
export function said(id: string): Said {
  return {
    type: 'said',
    id,
    at: monday,
    group: 'g1',
    from: 'm1',
    kind: 'text',
    text: '签到 ✅',
    quote: null,
    addressed: false,
  }
}

/** Decides that a member gets points, and saves it. */
export function award(store: Store, member = 'm1', amount = 1, id = `msg-${store.nextSeq}`): Promise<void> {
  balances(store).set(member, { points: points(store, member) + amount })
  return store.commit({ at: monday, event: said(id), changes: store.tables.take() })
}
