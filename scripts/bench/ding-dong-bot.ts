// The peer: a bare Wechaty on the plain wechat4u puppet that answers "ding" with "dong".
import { WechatyBuilder } from 'wechaty'

const bot = WechatyBuilder.build({ name: process.argv[2] ?? 'ding-dong', puppet: 'wechaty-puppet-wechat4u' })
bot.on('message', (message) => {
  if (message.text() !== 'ding') return
  const place = message.room() ?? message.talker()
  void place.say('dong')
})
bot.on('error', (error) => console.error(error.message))
await bot.start()
