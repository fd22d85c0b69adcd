// Raw messages made into what the rest of the bot reads.
import { describe, expect, it } from 'vitest'
import { readMessage, sortMessage } from '../../src/wechat/decoder.ts'
import { RawMessage } from '../../src/wechat/internals.ts'

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
      { FromUserName: self, ToUserName: '@f1', Content: 'hi' },
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

  it('hears what the owner types on the phone in a group', () => {
    const own = { FromUserName: self, ToUserName: room, Content: '#接龙<br/>1. 店长' }
    expect(sortMessage(raw(own), self)).toEqual({ what: 'own', room, content: '#接龙<br/>1. 店长' })
    expect(sortMessage(raw({ ...own, MsgType: 51 }), self).what).toBe('recent')
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

  const app = (AppMsgType: number, inner: string) =>
    read({ MsgType: 49, AppMsgType, Content: `@b0b:<br/>${escaped(`<msg><appmsg>${inner}</appmsg></msg>`)}` })
  const escaped = (xml: string) => xml.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

  it('reads below the title of a card', () => {
    const card =
      '<title>好消息</title><des>兼职日结&amp;加微信</des><type>5</type><url>https://a.example/x?a=1&amp;b=2</url>'
    expect(app(5, card)).toMatchObject({
      ...{ kind: 'link', text: '好消息', description: '兼职日结&加微信' },
      link: 'https://a.example/x?a=1&b=2',
    })
  })

  it('reads the lines of a merged record, else its preview', () => {
    const item = (text: string) => `<dataitem datatype="1"><datadesc>${text}</datadesc></dataitem>`
    const items = `<recordinfo><datalist count="2">${item('在吗')}${item('加微信 abc12345')}</datalist></recordinfo>`
    const head = '<title>群聊的聊天记录</title><des>甲: 在吗\n乙: 加微信…</des><type>19</type>'
    expect(app(19, `${head}<recorditem><![CDATA[${items}]]></recorditem>`)).toMatchObject({
      ...{ kind: 'record', text: '群聊的聊天记录', description: '在吗\n加微信 abc12345' },
    })
    expect(app(19, `${head}<recorditem>${escaped(items)}</recorditem>`).description).toBe('在吗\n加微信 abc12345')
    expect(app(19, head).description).toBe('甲: 在吗\n乙: 加微信…')
  })

  it('reads the post of a channel behind the title that says it cannot be shown', () => {
    const post = '<finderFeed><nickname>赚钱小课堂</nickname><desc>每天两小时，日入三百</desc></finderFeed>'
    expect(app(51, `<title>当前版本不支持展示该内容</title><type>51</type>${post}`)).toMatchObject({
      ...{ kind: 'video', text: '每天两小时，日入三百', description: '赚钱小课堂' },
    })
  })

  it('takes WeChat’s own 接龙 for what it is: a text', () => {
    expect(app(53, '<title>#接龙\n1. 小明 草莓</title><type>53</type>')).toMatchObject({
      kind: 'text',
      text: '#接龙\n1. 小明 草莓',
    })
  })

  it('says of what kind a quoted message is, when it is no text', () => {
    const refer = (type: number, content: string) =>
      app(
        57,
        `<title>举报</title><type>57</type><refermsg><type>${type}</type><displayname>王五</displayname><content>${escaped(content)}</content></refermsg>`,
      ).quote
    expect(refer(3, '<msg><img/></msg>')).toEqual({ name: '王五', text: '', kind: 'picture' })
    expect(refer(43, '<msg><videomsg/></msg>')).toMatchObject({ kind: 'video' })
    const card = '<msg><appmsg><title>好消息</title><type>5</type></appmsg></msg>'
    expect(refer(49, card)).toEqual({ name: '王五', text: '好消息', kind: 'link' })
    const old = '@b0b:<br/>「王五：[图片]」<br/>- - - - - - - - - - - - - - -<br/>举报'
    expect(read({ Content: old }).quote).toEqual({ name: '王五', text: '', kind: 'picture' })
  })

  it.each([
    [{ MsgType: 3 }, 'picture', ''],
    [{ MsgType: 34 }, 'voice', ''],
    [{ MsgType: 43 }, 'video', ''],
    [{ MsgType: 62 }, 'video', ''],
    [{ MsgType: 47 }, 'sticker', ''],
    [
      { MsgType: 47, Content: '@b0b:<br/>&lt;msg&gt;&lt;gameext type="2" content="5"/&gt;&lt;/msg&gt;' },
      'sticker',
      '[骰子]',
    ],
    [
      { MsgType: 47, Content: '@b0b:<br/>&lt;msg&gt;&lt;gameext type="1" content="2"/&gt;&lt;/msg&gt;' },
      'sticker',
      '[猜拳]',
    ],
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
