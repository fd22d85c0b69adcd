// Awards points one by one under a limit on file size, and prints how many were acknowledged and how many refused.
import { award, openBank, points } from './bank.ts'

// The kernel's signal would end the process; without it a write is short or fails, as on a full disk.
process.on('SIGXFSZ', () => {})
const { store } = await openBank(process.argv[2] ?? '')
let acknowledged = 0
let refused = 0
for (let i = 0; i < 60; i += 1) {
  await award(store, 'm1', 1).then(
    () => (acknowledged += 1),
    () => (refused += 1),
  )
}
if (points(store) !== acknowledged) throw new Error('phantom points')
await store.close()
console.log(JSON.stringify({ acknowledged, refused }))
