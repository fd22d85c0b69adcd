// Opens the account on the puppet that the operator chose.
import type { DataFolder } from '../data-folder.ts'
import type { Log } from '../log.ts'
import type { Account } from './account.ts'
import { Console, type Language } from './console.ts'
import { loadWechaty } from './load.ts'
import { OtherAccount } from './other-puppet.ts'
import { SessionFile } from './session.ts'
import { WebAccount } from './web-account.ts'

const ownPuppet = 'wechaty-puppet-wechat4u'

export interface AccountOptions {
  /** Where the session is kept; made when missing. */
  folder: DataFolder
  /** The puppet's package name (`WECHATY_PUPPET`); without one, the hardened wechat4u. */
  puppet: string | undefined
  language: Language
  /** The time that incoming items get; the machine's when left out. */
  now?: () => number
  log: Log
  /** Writes for the operator: the QR code, what is waited for. */
  tell(text: string): void
}

/** Loads Wechaty and opens the account; nothing goes out before `start`. */
export async function openAccount({ folder, puppet, language, log, tell, now }: AccountOptions): Promise<Account> {
  const console = new Console(language, tell)
  const session = new SessionFile(folder)
  const loaded = await loadWechaty()
  if (puppet === undefined || puppet === '' || puppet.toLowerCase() === ownPuppet) {
    return new WebAccount(loaded, session, log, console, now)
  }
  return new OtherAccount(loaded, puppet, folder, log, console)
}
