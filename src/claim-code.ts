// The one-time code that binds the control group: shown on the console and kept in a file that only the operator can read.
import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { DataFolder } from './data-folder.ts'

// Without letters and digits that look alike: 31^10 codes are about 50 bits.
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

const claimName = 'claim-code'

/** Where the code stands, readable by the owner of the process only. */
export function claimFile(dataFolder: string): string {
  return join(dataFolder, claimName)
}

/** A new code, written to its file as far as the disk lets us; older ones are void as soon as its hash is decided upon. */
export function writeClaimCode(folder: DataFolder): string {
  const code = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
  folder.write('claim', claimName, `${code}\n`)
  return code
}
