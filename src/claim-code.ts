// The one-time code that binds the control group: shown on the console and kept in a file that only the operator can read.
import { randomInt } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Without letters and digits that look alike: 31^10 codes are about 50 bits.
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Where the code stands, readable by the owner of the process only. */
export function claimFile(dataFolder: string): string {
  return join(dataFolder, 'claim-code')
}

/** A new code, written to its file; older ones are void as soon as its hash is decided upon. */
export function writeClaimCode(dataFolder: string): string {
  const code = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
  const file = claimFile(dataFolder)
  // A file that is there would keep its own mode.
  rmSync(file, { force: true })
  writeFileSync(file, `${code}\n`, { mode: 0o600 })
  return code
}
