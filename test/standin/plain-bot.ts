// The plain, unmodified Wechaty with the plain wechat4u puppet: what the local WeChat must satisfy.
// Says on standard output what it notices; does what it is told on standard input: a JSON array a line, label, order, arguments.
import { FileBox } from 'file-box'
import { WechatyBuilder } from 'wechaty'

const [memory = 'plain-bot'] = process.argv.slice(2)
const bot = WechatyBuilder.build({ name: memory, puppet: 'wechaty-puppet-wechat4u' })
const tell = (...what: unknown[]) => console.log(JSON.stringify(what))

bot.on('scan', (_code, status) => tell('scan', status))
bot.on('login', (user) => tell('login', user.name(), user.id))
bot.on('logout', () => tell('logout'))
bot.on('error', (error) => tell('error', error.message.slice(0, 200)))
bot.on('room-join', (room, people, by) =>
  tell(
    'join',
    room.id,
    people.map((person) => person.name()),
    by.name(),
  ),
)
bot.on('friendship', (friendship) => tell('friendship', friendship.hello()))
bot.on('message', (message) => {
  void (async () => {
    const talker = message.talker()
    tell('message', message.type(), talker.name(), message.text(), message.id)
    if ([bot.Message.Type.Image, bot.Message.Type.Attachment].includes(message.type())) {
      const file = await message.toFileBox()
      tell('file', file.name, await file.toBase64())
    }
    if (message.text() !== 'ding') return
    await (message.room() ?? talker).say('dong')
  })()
})

const orders: Record<string, (...args: string[]) => Promise<unknown>> = {
  async file(topic = '', name = '', base64 = '') {
    const room = await bot.Room.find({ topic })
    await room?.say(FileBox.fromBase64(base64, name))
  },
  async text(topic = '', text = '') {
    const room = await bot.Room.find({ topic })
    await room?.say(text)
  },
  async kick(topic = '', name = '') {
    const room = await bot.Room.find({ topic })
    const member = await room?.member(name)
    if (member) await room?.remove(member)
  },
}

process.stdin.setEncoding('utf8')
let unread = ''
process.stdin.on('data', (chunk: string) => {
  const lines = (unread + chunk).split('\n')
  unread = lines.pop() ?? ''
  for (const line of lines) {
    const [label, order = '', ...args] = JSON.parse(line) as string[]
    void orders[order]?.(...args).then(
      () => tell('done', label),
      (error: unknown) => tell('failed', label, String(error)),
    )
  }
})
await bot.start()
