// Which journal entries an admin wants to see in /log: those that gave, took, decided or said something.
import { isCommand } from './commands.ts'
import type { Effect, Planned } from '../types/effect.ts'
import type { Entry } from '../types/event.ts'
import type { Tables } from '../feature/tables.ts'

const housekeeping = /^(directory|engine|outbox\.sending|ledger\.(balances|days|wallets|kinds|issued))\b/

/** Whether an entry belongs into `/log`. Sends that went well and points for chatting do not. */
export function isForLog({ event, changes }: Entry, { specs }: Pick<Tables, 'specs'>): boolean {
  if (event.type === 'resulted') return event.outcome !== 'sent'
  const isOrder = event.type === 'said' && isCommand(event.text)
  const isChat = event.type === 'said' && !isOrder
  return changes.some(({ table, after }) => {
    // Answers in the control group are there to be read already.
    if (table === 'outbox.effects') return after !== null && tellsOthers((after as unknown as Planned).effect)
    if (table === 'ledger.bookings')
      return after !== null && !(isChat && (after as { source: string }).source === 'points')
    // What a command takes away counts, too; what goes by itself when its time is over does not.
    return !housekeeping.test(table) && specs.get(table)?.kind !== 'note' && (after !== null || isOrder)
  })
}

function tellsOthers(effect: Effect): boolean {
  return effect.type === 'kick' || ('to' in effect && effect.to !== 'control')
}
