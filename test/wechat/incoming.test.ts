// Raw messages made into what the rest of the bot reads.
import { describe, expect, it } from 'vitest'
import { readMessage, sortMessage } from '../../src/wechat/incoming.ts'
import { RawMessage } from '../../src/wechat/inside.ts'

const self = '@5e1f'
const room = '@@a00'
const raw = (fields: Record<string, unknown>) =>
  RawMessage.parse({ MsgId: '1', MsgType: 1, FromUserName: room, CreateTime: 1_800_000_000, Content: '', ...fields })

function read(fields: Record<string, unknown>, called: string[] = ['圈子助手']) {
  const message = raw(fields)
  const said = sortMessage(message, self)
  if (said.what !== 'said') throw new Error(`it is ${said.what}`)
  return readMessage(message, said, '小明', called)
}

describe('sortMessage', () => {
  it('drops the own, the services and what nobody said', () => {
    const nobody = [
      { FromUserName: self, ToUserName: room, Content: 'hi' },
      { FromUserName: '' },
      { Content: `${self}:<br/>hi` },
      { Content: 'no speaker' },
      { FromUserName: 'filehelper', Content: 'hi' },
      { FromUserName: 'weixin', Content: 'hi' },
      { FromUserName: '@f1', MsgType: 10000, Content: '你已添加了小明' },
      { MsgType: 9999, Content: '@b0b:<br/>x' },
      { FromUserName: 'fmessage', MsgType: 37 },
    ]
    for (const fields of nobody)
      expect(sortMessage(raw(fields), self), JSON.stringify(fields)).toEqual({ what: 'nothing' })
  })

  it('never reads a grey line as a message, whatever names stand in it', () => {
    const Content = '@b0b:<br/>签到'
    expect(sortMessage(raw({ MsgType: 10000, Content }), self)).toEqual({ what: 'system', room, line: '@b0b:\n签到' })
    expect(sortMessage(raw({ MsgType: 10002, Content }), self).what).toBe('system')
  })

  it('finds the groups among the recent chats', () => {
    const notify = raw({ FromUserName: self, MsgType: 51, StatusNotifyUserName: 'filehelper,@@1,@2,@@3' })
    expect(sortMessage(notify, self)).toEqual({ what: 'recent', rooms: ['@@1', '@@3'] })
  })
})

describe('readMessage', () => {
  it('takes the whole text, with the speaker and the server’s time', () => {
    expect(read({ Content: '@b0b:<br/>大家好:<br/>加微信 @x:<br/>abc' })).toEqual({
      type: 'message',
      id: '1@1800000000000',
      at: 1_800_000_000_000,
      room,
      from: '@b0b',
      fromName: '小明',
      kind: 'text',
      text: '大家好:\n加微信 @x:\nabc',
      quote: null,
      addressed: false,
    })
  })

  it('is addressed directly and by mention, also when the name has an emoji span', () => {
    expect(read({ FromUserName: '@b0b', Content: '积分' }).addressed).toBe(true)
    const called = ['猫🐱']
    expect(read({ Content: '@b0b:<br/>@猫🐱\u2005积分' }, called)).toMatchObject({ text: '积分', addressed: true })
  })

  it('looks for mentions in the reply, not in the quote', () => {
    const Content = '@b0b:<br/>「甲：@圈子助手\u2005签到」<br/>- - - - - - - - - - - - - - -<br/>哈哈'
    expect(read({ Content })).toMatchObject({
      text: '哈哈',
      addressed: false,
      quote: { name: '甲', text: '@圈子助手\u2005签到' },
    })
  })

  it('takes a quote of today’s phones apart', () => {
    const xml =
      '&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;a &amp;lt; b&lt;/title&gt;&lt;type&gt;57&lt;/type&gt;&lt;refermsg&gt;&lt;type&gt;1&lt;/type&gt;' +
      '&lt;displayname&gt;甲&lt;/displayname&gt;&lt;content&gt;/draw &amp;amp; x&lt;/content&gt;&lt;/refermsg&gt;&lt;/appmsg&gt;&lt;/msg&gt;'
    expect(read({ MsgType: 49, AppMsgType: 57, Content: `@b0b:<br/>${xml}` })).toMatchObject({
      kind: 'text',
      text: 'a < b',
      quote: { name: '甲', text: '/draw & x' },
    })
  })

  it.each([
    [{ MsgType: 3 }, 'picture', ''],
    [{ MsgType: 34 }, 'voice', ''],
    [{ MsgType: 43 }, 'video', ''],
    [{ MsgType: 62 }, 'video', ''],
    [{ MsgType: 47 }, 'sticker', ''],
    [{ MsgType: 49, AppMsgType: 6, FileName: '菜单 &amp; 价格.pdf' }, 'file', '菜单 & 价格.pdf'],
    [{ MsgType: 49, AppMsgType: 5, FileName: '今日推荐' }, 'link', '今日推荐'],
    [{ MsgType: 49, AppMsgType: 33, FileName: '拼单' }, 'miniProgram', '拼单'],
    [{ MsgType: 49, AppMsgType: 36, FileName: '拼单' }, 'miniProgram', '拼单'],
    [{ MsgType: 49, AppMsgType: 2001, FileName: '微信红包' }, 'other', '微信红包'],
    [{ MsgType: 42, RecommendInfo: { NickName: '阿花' } }, 'card', '阿花'],
    [{ MsgType: 1, SubMsgType: 48, Content: '@b0b:<br/>某某路' }, 'other', ''],
    [{ MsgType: 777 }, 'other', ''],
  ])('%j', (fields, kind, text) => {
    expect(read({ Content: '@b0b:<br/>&lt;msg/&gt;', ...fields })).toMatchObject({ kind, text, quote: null })
  })
})
