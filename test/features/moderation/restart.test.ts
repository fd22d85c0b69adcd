// Strikes, quarantine and what the filter was taught are on disk before anybody hears of them.
import { expect, it } from 'vitest'
import { BotRig } from '../../support/bot-rig.ts'
import { ads } from './order-chat.ts'

it('remembers everything when the process is killed', async () => {
  const rig = new BotRig()
  const says = async (name: string, text: string, group?: string) => {
    rig.says(name, text, group)
    await rig.advance(60_000)
  }
  const restart = async () => {
    rig.kill()
    await rig.start()
  }
  await rig.start()
  await says('小明', ads[0])
  await restart()
  await says('小明', ads[1])
  expect(rig.sent.join()).toContain('这是警告（2/3）')
  await says('老板', '/undo 1', '管理群')
  await restart()
  await says('阿花', ads[0])
  expect(rig.sent).toEqual([])
  await says('小明', ads[2])
  expect(rig.sent.join()).toContain('这是警告（2/3）')
  await says('小明', ads[3])
  await restart()
  await says('小明', '积分')
  expect(rig.sent).toEqual([])
})
