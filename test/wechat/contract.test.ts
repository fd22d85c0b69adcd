// Every private name of wechat4u and its puppet that we lean on, held against the installed packages.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PuppetWechat4u } from 'wechaty-puppet-wechat4u'
import { CallFailed, guardRequests } from '../../src/wechat/guard.ts'
import type { RawAnswer, Wechat4u } from '../../src/wechat/internals.ts'
import { loadWechaty } from '../../src/wechat/load.ts'

let make: new (data?: object) => Wechat4u
let plain: typeof PuppetWechat4u
let hardened: typeof import('../../src/wechat/puppet.ts').HardenedPuppet

beforeAll(async () => {
  ;({ HardenedPuppet: hardened } = (await loadWechaty()).puppet)
  ;({ default: make } = await import('wechat4u'))
  ;({ PuppetWechat4u: plain } = await import('wechaty-puppet-wechat4u'))
})

it('the versions are the ones whose insides were read', () => {
  const version = (name: string) =>
    (JSON.parse(readFileSync(path.join('node_modules', name, 'package.json'), 'utf8')) as { version: string }).version
  expect(['wechaty', 'wechaty-puppet', 'wechaty-puppet-wechat4u', 'wechat4u'].map(version)).toEqual([
    '1.20.2',
    '1.21.3',
    '1.14.14',
    '0.7.14',
  ])
})

describe('wechat4u', () => {
  it.each([
    ...[
      'getUUID',
      'checkLogin',
      'login',
      'init',
      'notifyMobile',
      'getContact',
      'batchGetContact',
      'syncCheck',
      'sync',
      'getMsgImg',
      'getDoc',
    ],
    ...['updateChatroom', 'request', 'sendMsg'],
  ])('has the method %s', (name) => {
    expect(Reflect.get(new make(), name)).toBeTypeOf('function')
  })

  it('keeps its session in PROP, CONF, COOKIE and user, and takes it up again', () => {
    const fresh = new make()
    expect(fresh.PROP).toMatchObject({ uin: '', sid: '', skey: '' })
    expect(fresh.CONF.STATE).toEqual({ init: 'init', uuid: 'uuid', login: 'login', logout: 'logout' })
    expect(fresh.state).toBe('init')
    const data = structuredClone(fresh.botData)
    expect(Object.keys(data).sort()).toEqual(['CONF', 'COOKIE', 'PROP', 'user'])
    Object.assign(data.PROP, { sid: 's1' })
    Object.assign(data.user, { UserName: '@1' })
    const again = new make(data)
    expect([again.PROP.sid, again.user.UserName]).toEqual(['s1', '@1'])
  })

  it('sends everything through `request`, which can be replaced on the instance', async () => {
    const wechat4u = new make()
    const asked: string[] = []
    wechat4u.request = (options) => {
      asked.push(new URL(options.url).pathname.split('/').at(-1) ?? '')
      return Promise.reject(new Error('no'))
    }
    const calls = [
      wechat4u.getUUID(),
      wechat4u.checkLogin(),
      wechat4u.init(),
      wechat4u.notifyMobile(),
      wechat4u.getContact(0),
      wechat4u.batchGetContact([]),
      wechat4u.syncCheck(),
      wechat4u.sync(),
      wechat4u.updateChatroom('@@1', ['@1'], 'delmember'),
    ]
    await Promise.allSettled(calls)
    expect(asked.sort()).toEqual(
      [
        ...['jslogin', 'login', 'webwxinit', 'webwxstatusnotify', 'webwxgetcontact', 'webwxbatchgetcontact'],
        ...['synccheck', 'webwxsync', 'webwxupdatechatroom'],
      ].sort(),
    )
  })
})

describe('the puppet', () => {
  it.each(['onStart', 'onStop', 'contactRawPayload', 'roomRawPayload', 'contactList', 'roomList'])(
    'has the method %s, which the hardened one replaces',
    (name) => {
      expect(Object.getOwnPropertyNames(plain.prototype)).toContain(name)
      expect(Object.getOwnPropertyNames(hardened.prototype)).toContain(name)
    },
  )

  it('finds its client in `wechat4u`', () => {
    for (const name of ['messageSendText', 'messageSendFile', 'roomDel'] as const) {
      expect(String(plain.prototype[name])).toContain('this.wechat4u.')
    }
  })

  it('14, 16: looks a contact up without counting them all and without trying again', async () => {
    let counted = 0
    const contacts = new Proxy({} as Record<string, unknown>, {
      ownKeys: (target) => {
        counted += 1
        return Reflect.ownKeys(target)
      },
    })
    const client = { user: { UserName: '@0' }, contacts: Object.assign(contacts, { '@1': { UserName: '@1' } }) }
    const old = new plain()
    Object.assign(old, { wechat4u: client })
    await old.contactRawPayload('@1')
    expect(counted).toBe(1)

    const session = { load: () => null } as unknown as ConstructorParameters<typeof hardened>[0]
    const events = {} as ConstructorParameters<typeof hardened>[1]
    const puppet = Object.assign(new hardened(session, events), { wechat4u: client })
    puppet.contacts.keep([{ UserName: '@@1', MemberList: [{ UserName: '@1', NickName: '小明' }], MemberCount: 1 }])
    await expect(puppet.contactRawPayload('@1')).resolves.toMatchObject({ NickName: '小明' })
    await expect(puppet.contactRawPayload('@2')).rejects.toThrow('unknown')
    await expect(puppet.roomRawPayload('@@2')).rejects.toThrow('unknown')
    expect(counted).toBe(1)
  })
})

describe('guardRequests', () => {
  const guarded = (answer: Partial<RawAnswer> | Error) => {
    const wechat4u = new make()
    wechat4u.request = () =>
      answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve({ status: 200, data: '', headers: {}, ...answer })
    guardRequests(wechat4u)
    return wechat4u
  }
  const failing = (call: Promise<unknown>) =>
    call.then(
      () => 'fine',
      (error: unknown) => (error instanceof CallFailed ? `${error.why} ${error.ret}` : String(error)),
    )

  it.each([
    ['window.synccheck={retcode:"0",selector:"2"}', 'fine'],
    ['window.synccheck={retcode:"1101",selector:"0"}', 'ret 1101'],
    ['<html>log in to our Wi-Fi</html>', 'nonsense 0'],
    ['window.synccheck={retcode:"0",selector:"0"};process.exit(1)', 'nonsense 0'],
    ['', 'nonsense 0'],
  ])('runs only the very script that synccheck answers: %s', async (data, outcome) => {
    expect(await failing(guarded({ data }).syncCheck())).toBe(outcome)
  })

  it.each([
    [{ data: { BaseResponse: { Ret: 0 } } }, 'fine'],
    [{ data: { BaseResponse: { Ret: 1205 } } }, 'ret 1205'],
    [{ data: '<html>' }, 'nonsense 0'],
    [Object.assign(new Error('x'), { response: { status: 502 }, config: 'secret' }), 'http 502'],
    [Object.assign(new Error('x'), { code: 'ENOTFOUND' }), 'unreached 0'],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'unanswered 0'],
  ])('%j', async (answer, outcome) => {
    expect(await failing(guarded(answer).notifyMobile())).toBe(outcome)
  })

  it('reads the scripts of a login', async () => {
    const uuid = 'window.QRLogin.code = 200; window.QRLogin.uuid = "IZu2xb_hIQ==";'
    expect(await guarded({ data: uuid }).getUUID()).toBe('IZu2xb_hIQ==')
    const scripts = [
      ['window.code=408;', 408],
      ["window.code=201;window.userAvatar = 'data:img/jpg;base64,R0lGODlh/+=';", 201],
      [
        'window.code=200;\nwindow.redirect_uri="https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=A_x@qrticket_0&uuid=a==&lang=zh_CN&scan=1";',
        200,
      ],
    ] as const
    for (const [data, code] of scripts) expect(await guarded({ data }).checkLogin()).toMatchObject({ code })
    await expect(guarded({ data: 'window.code=400;' }).checkLogin()).rejects.toMatchObject({ name: 'AssertionError' })
  })
})
