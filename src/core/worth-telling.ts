// Which journal entries an admin wants to see in /log: those that gave, took, decided or said something.
import type { Entry } from './event.ts'
import { isNote } from './tables.ts'

const housekeeping = /^(directory|engine|outbox\.sending|ledger\.(balances|days|wallets|kinds|issued))\b/

/** Whether an entry belongs into `/log`. Sends that went well and points for chatting do not. */
export function worthTelling({ event, changes }: Entry): boolean {
  if (event.type === 'found') return false
  if (event.type === 'resulted') return event.outcome !== 'sent'
  return changes.some(({ table, after }) => {
    if (table === 'ledger.bookings') return after !== null && (after as { source: string }).source !== 'points'
    return !housekeeping.test(table) && !isNote(table) && after !== null
  })
}
