// Ways to take rights over, by their kind, and what a community would look like in which one had worked.
import { Chat } from '../support/chat.ts'

const CONTROL = '管理群'
/** Commands that somebody without rights would like to be carried out. */
const wanted = [
  '/points add @小明 500 奖励',
  '/role @路人 owner',
  '/role @路人 admin',
  '/kick @阿花',
  '/undo 1',
  '/roles back',
  '/draw new 白送 10元券x3',
  '/reload',
  '/status',
  '/log',
]

interface Attempt {
  g: Chat
  /** One of `wanted`. */
  command: string
  round: number
}

/** What an attacker does, by its kind. He is 路人, or a member called 小明. */
const kinds: Record<string, (attempt: Attempt) => void> = {
  'a command in a member group': ({ g, command }) => void g.says('小明', command),
  'a command in a direct message': ({ g, command }) => void g.tells('小明', command),
  'a command in the control group by somebody without a role': ({ g, command }) =>
    void g.says('路人', command, { group: CONTROL }),
  'the owner’s name': ({ g, command }) => {
    g.renames('小明', '老板')
    g.says('小明', command)
    g.joins('老板#2', CONTROL)
    g.says('老板#2', command, { group: CONTROL })
  },
  'the owner’s name in the control group after a login': ({ g, command }) => {
    g.joins('老板#2', CONTROL)
    g.relogin()
    g.says('老板#2', command, { group: CONTROL })
    g.says('老板#2', '/yes', { group: CONTROL })
  },
  'an admin’s name after a login': ({ g, command }) => {
    g.joins('小李', CONTROL)
    g.admin('/role @小李 admin')
    g.admin('/yes')
    g.leaves('小李', CONTROL)
    g.joins('小李#2', CONTROL)
    g.relogin()
    g.says('小李#2', command, { group: CONTROL })
  },
  'an admin’s name when roles are given back': ({ g, command }) => {
    g.joins('小李', CONTROL)
    g.admin('/role @小李 admin')
    g.admin('/yes')
    g.leaves('小李', CONTROL)
    g.joins('小李#2', CONTROL)
    g.relogin()
    g.admin('/roles back')
    g.admin('/yes')
    g.says('小李#2', command, { group: CONTROL })
  },
  'a room of the control group’s name': ({ g, command }) => {
    const room = `${CONTROL}\u200b`
    g.renames('小明', CONTROL)
    g.says('路人', '/claim spare', { group: room })
    g.says('路人', command, { group: room })
  },
  'a quoted command': ({ g, command }) =>
    void g.says('路人', '好的', { group: CONTROL, quote: { name: '老板', text: command } }),
  'a command behind other words': ({ g, command }) => void g.says('路人', `老板说：\n${command}`, { group: CONTROL }),
  'a yes to what the owner was asked': ({ g }) => {
    g.joins('路人', CONTROL)
    g.admin('/role @路人 owner')
    g.says('路人', '/yes', { group: CONTROL })
    g.after('2m')
  },
  'a yes after a renaming': ({ g }) => {
    g.joins(['小李', '路人'], CONTROL)
    g.admin('/role @小李 owner')
    g.renames('小李', '李某', CONTROL)
    g.renames('路人', '小李', CONTROL)
    g.admin('/yes')
    g.after('2m')
  },
  'guessed codes': ({ g, round }) => {
    g.loses(CONTROL)
    for (let i = 0; i < 10; i++) g.says('路人', `/claim K7QM2XW${round}${i}`, { group: '路人的群' })
  },
  'the code that was used': ({ g, command }) => {
    g.says('路人', `/claim ${g.code}`, { group: '路人的群' })
    g.says('路人', command, { group: '路人的群' })
  },
  'the code of an earlier login': ({ g, command }) => {
    const { code } = g
    g.relogin()
    g.loses(CONTROL)
    g.says('路人', `/claim ${code}`, { group: '路人的群' })
    g.says('路人', command, { group: '路人的群' })
  },
  'a code seen in a member group': ({ g, command }) => {
    g.loses(CONTROL)
    const { code } = g
    g.says('阿花', `/claim ${code}`)
    g.says('路人', `/claim ${code}`, { group: '路人的群' })
    g.says('路人', command, { group: '路人的群' })
  },
  'rights in a control group that is lost': ({ g, command }) => {
    g.joins('路人', CONTROL)
    g.admin('/role @路人 admin')
    g.admin('/yes')
    g.loses(CONTROL)
    g.says('路人', command, { group: CONTROL })
  },
  'rights in a control group whose owner has left': ({ g, command }) => {
    g.joins('路人', CONTROL)
    g.admin('/role @路人 admin')
    g.admin('/yes')
    g.leaves('老板', CONTROL)
    g.says('路人', command, { group: CONTROL })
  },
  'a name that is a command, told again by the phone': ({ g, command }) => {
    g.renames('小明', command)
    g.says('小明', '积分')
    g.phone(command, CONTROL)
    g.phone(command)
  },
  'a command with invisible or other letters in it': ({ g, command }) => {
    for (const text of [`\u200b${command}`, command.replace('/', '／'), `${command}\u202e`, command.toUpperCase()])
      g.says('路人', text, { group: CONTROL })
  },
}

/** The kinds of attempts. */
export const takeovers = Object.keys(kinds)

/**
 * Tries some of the wanted commands in every way there is, each in a community of its own.
 * @returns how many attempts that were, and those that gained a right or points
 */
export function tryAll(commands: (command: string, round: number) => boolean): { tried: number; gained: string[] } {
  const gained: string[] = []
  let tried = 0
  for (const [kind, attempt] of Object.entries(kinds)) {
    for (const [round, command] of wanted.entries()) {
      if (!commands(command, round)) continue
      const g = new Chat({ seed: `${kind} ${round}`, config: { bot: { botName: '圈子', control: { spare: true } } } })
      attempt({ g, command, round })
      tried++
      const { rights, members } = g.engine
      const holders = rights.holders().filter(({ member, role }) => {
        // The owner himself, and whom he has made an admin by name while that was the right one.
        const wx = g.tables.table<{ wx: string }>('directory.people').get(member)?.wx ?? ''
        return !/:老板$|:小李$/.test(wx) || (role === 'owner') !== /:老板$/.test(wx)
      })
      const booked = [...g.tables.table<{ points: number }>('ledger.bookings').entries()]
      const isPaid = booked.some(([, { points }]) => points >= 500)
      if (holders.length > 0 || isPaid)
        gained.push(`${kind}: ${holders.map(({ member }) => members.name(member)).join()}`)
    }
  }
  return { tried, gained }
}
