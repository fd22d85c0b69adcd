// Commits award after award, folds now and then, prints each acknowledgement, and dies where it is told to.
import fs from 'node:fs'
import { realDisk, type Disk } from '../../src/store/disk.ts'
import { award, openBank } from './bank.ts'

/** `<before|after> <operation> <part of the file's name> <how many times>`, or empty: goes on until it is killed. */
const [when, operation, part = '', count] = (process.env['DIE_AT'] ?? '').split(' ')
let left = Number(count)

function dyingAt(name: string, file: string, moment: string): void {
  if (when !== moment || operation !== name || !file.includes(part)) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

async function watched<T>(name: string, file: string, run: () => Promise<T>): Promise<T> {
  dyingAt(name, file, 'before')
  const result = await run()
  dyingAt(name, file, 'after')
  return result
}

const disk: Disk = {
  ...realDisk,
  async open(file, mode) {
    const handle = await realDisk.open(file, mode)
    return {
      ...handle,
      // Dying after half a write leaves a torn line.
      write: async (bytes, position) => {
        if (when === 'half') {
          if (operation === 'write' && file.includes(part) && left === 1)
            await handle.write(bytes.subarray(0, bytes.length >> 1), position)
          dyingAt('write', file, 'half')
        }
        return watched('write', file, () => handle.write(bytes, position))
      },
      flush: () => watched('flush', file, () => handle.flush()),
    }
  },
  rename: (from, to) => watched('rename', to, () => realDisk.rename(from, to)),
  remove: (file) => watched('remove', file, () => realDisk.remove(file)),
}

const { store } = await openBank(process.argv[2] ?? '', disk)
fs.writeSync(1, 'ready\n')
for (let i = 1; ; i += 1) {
  const first = store.nextSeq
  const acknowledge = (seq: number) => () => fs.writeSync(1, `${seq}\n`)
  if (i % 5 === 0) void store.compact()
  await Promise.all([0, 1, 2].map((n) => award(store, `award/${first + n}`).then(acknowledge(first + n))))
}
