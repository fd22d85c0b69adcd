// The outbox, rule by rule. The rules together, under chance: outbox-storm.test.ts.
import { describe, expect, it } from 'vitest'
import { cutText } from '../../src/outbox/queue.ts'
import { Rig, hour, minute, morning, no, ok, second } from './outbox-rig.ts'

const g1 = { group: 'g1' } as const
const g2 = { group: 'g2' } as const

function online(now?: number): Rig {
  const rig = new Rig(now)
  rig.outbox.online()
  return rig
}

describe('going out', () => {
  it('sends nothing before the account is on line, then everything, and tells each result once', async () => {
    const rig = new Rig()
    const id = rig.say(g1, '你好')
    await rig.advance(minute)
    expect(rig.texts).toEqual([])
    rig.outbox.online()
    await rig.advance(minute)
    expect(rig.orders).toMatchObject([{ what: 'say', to: 'wx-g1', body: '你好' }])
    expect(rig.outcome(id)).toBe('sent')
    expect(rig.marked.size).toBe(0)
  })

  it('marks an effect before it orders it', async () => {
    const rig = online()
    const id = rig.say(g1, '你好')
    rig.onOrder = () => expect(rig.marked.has(id)).toBe(true)
    await rig.advance(second)
    expect(rig.texts).toEqual(['你好'])
  })

  it('keeps the gap and its jitter, counted from the answer', async () => {
    const rig = online()
    rig.chance = () => 0.5
    for (const text of ['一', '二', '三']) rig.say(g1, text)
    await rig.advance(minute)
    const [first, next] = rig.orders
    expect((next?.at ?? 0) - (first?.end ?? 0)).toBe(2_250)
  })

  it('sends the most urgent first and the oldest first within, whatever was added first', async () => {
    const rig = online()
    for (const priority of ['game', 'post', 'reply', 'moderation', 'admin', 'safety'] as const) {
      rig.say(g1, `${priority} 1`, { priority })
      rig.say(g2, `${priority} 2`, { priority })
    }
    await rig.advance(2 * minute)
    const order = ['safety', 'admin', 'moderation', 'reply', 'post', 'game']
    expect(rig.texts).toEqual(order.flatMap((priority) => [`${priority} 1`, `${priority} 2`]))
  })

  it('holds a group that used up its minute without holding up another', async () => {
    const rig = online()
    for (let n = 0; n < 7; n++) rig.say(g1, `一群 ${n}`)
    rig.say(g2, '二群')
    await rig.advance(20 * second)
    expect(rig.texts.at(-1)).toBe('二群')
    expect(rig.texts).toHaveLength(7)
    await rig.advance(minute)
    expect(rig.texts.at(-1)).toBe('一群 6')
  })

  it('does not count the control group’s messages against a group budget', async () => {
    const rig = online()
    for (let n = 0; n < 10; n++) rig.say('control', `案件 ${n}`, { priority: 'admin' })
    await rig.advance(30 * second)
    expect(rig.texts).toHaveLength(10)
  })

  it('keeps the budgets of an hour and a day, also over a restart', async () => {
    const rig = online()
    rig.sending = { ...rig.sending, perHour: 3, perDay: 5 }
    rig.outbox.sentBefore([{ at: morning - 30 * minute }, { at: morning - 23 * hour }])
    for (let n = 0; n < 6; n++) rig.say({ group: `g${n}` }, '好', { freshFor: 48 * hour })
    await rig.advance(29 * minute)
    expect(rig.texts).toHaveLength(2)
    await rig.advance(30 * minute)
    expect(rig.texts).toHaveLength(3)
    await rig.advance(20 * hour)
    expect(rig.texts).toHaveLength(4)
    await rig.advance(28 * hour)
    expect(rig.texts).toHaveLength(6)
  })

  it('keeps a group’s minute over a restart, and only that group’s', async () => {
    const rig = new Rig()
    rig.outbox.sentBefore(Array.from({ length: 6 }, (_, n) => ({ at: morning - (30 - n) * second, to: 'g1' })))
    rig.outbox.online()
    rig.say(g1, '一群')
    rig.say(g2, '二群')
    await rig.advance(29 * second)
    expect(rig.texts).toEqual(['二群'])
    await rig.advance(2 * second)
    expect(rig.texts).toEqual(['二群', '一群'])
  })

  it.each([
    ['hour', { perHour: 20 }, 2],
    ['day', { perDay: 50 }, 5],
  ])('keeps a tenth of the %s for admins and moderation', async (_span, budget, kept) => {
    const rig = online()
    rig.sending = { ...rig.sending, ...budget }
    for (let n = 0; n < 60; n++) rig.say({ group: `g${n}` }, '游戏', { priority: 'game', freshFor: hour })
    await rig.advance(50 * minute)
    const games = rig.texts.length
    for (let n = 0; n < 6; n++) rig.say('control', '回答', { priority: 'admin', freshFor: 5 * minute })
    await rig.advance(5 * minute)
    expect([games, rig.texts.length - games]).toEqual(
      Object.values(budget)
        .map((n) => n - kept)
        .concat(kept),
    )
  })

  it('answers admins after a 1205 on a day of which more than half is used up, and finds back by that', async () => {
    const rig = online()
    rig.outbox.sentBefore(Array.from({ length: 400 }, (_, n) => ({ at: morning - hour - n * minute })))
    rig.answer = () => (rig.orders.length === 1 ? no('tooFast') : ok)
    const told = rig.say('control', '发得太快了', { priority: 'admin' })
    const game = rig.say(g1, '游戏', { priority: 'game', freshFor: 10 * hour })
    await rig.advance(6 * minute)
    expect([rig.outcome(told), rig.outcome(game)]).toEqual(['sent', ''])
    await rig.advance(30 * minute)
    expect(rig.outcome(game)).toBe('sent')
  })

  it('waits for a place that cannot be reached yet, and lets others pass', async () => {
    const rig = online()
    rig.unreachable.add('control')
    const waiting = rig.say('control', '缺一个群')
    const lost = rig.say('control', '过期', { freshFor: minute })
    rig.say(g1, '你好')
    await rig.advance(2 * minute)
    expect(rig.texts).toEqual(['你好'])
    expect(rig.outcome(lost)).toBe('expired')
    rig.unreachable.clear()
    await rig.advance(10 * second)
    expect(rig.outcome(waiting)).toBe('sent')
  })

  it('does not send what is not worth it any more', async () => {
    const rig = new Rig()
    const stale = rig.say(g1, '早', { freshFor: minute })
    const fresh = rig.say(g1, '好', { freshFor: hour })
    await rig.advance(2 * minute)
    rig.outbox.online()
    await rig.advance(minute)
    expect([rig.outcome(stale), rig.outcome(fresh)]).toEqual(['expired', 'sent'])
    expect(rig.texts).toEqual(['好'])
  })

  it('keeps posts and games for after the quiet hours, as clocks show in each group', async () => {
    const night = Date.parse('2026-11-21T22:30:00+08:00')
    const rig = online(night)
    const lost = rig.say(g1, '游戏', { priority: 'game' })
    rig.say(g1, '早安', { priority: 'post', freshFor: 10 * hour })
    rig.say(g1, '回答')
    rig.say({ group: 'g9' }, '下午好', { priority: 'post' })
    await rig.advance(hour)
    expect(rig.texts).toEqual(['回答', '下午好'])
    expect(rig.outcome(lost)).toBe('expired')
    await rig.advance(9 * hour)
    expect(rig.sent[2]).toMatchObject({ body: '早安', at: Date.parse('2026-11-22T07:30:00+08:00') })
  })

  it('sends a file of the config folder, and says so when it is gone', async () => {
    const rig = online()
    const file = { type: 'file', to: g1, priority: 'reply', freshFor: hour } as const
    const there = rig.add({ ...file, path: 'outbox-rig.ts' })
    const gone = rig.add({ ...file, path: 'menu.png' })
    await rig.advance(minute)
    expect(rig.outcome(there)).toBe('sent')
    expect(rig.orders[0]?.body).toBe(`${import.meta.dirname}/outbox-rig.ts`)
    expect([rig.outcome(gone), rig.detail(gone)]).toEqual(['refused', 'menu.png is not there any more'])
  })

  it('refuses to take the same effect twice', () => {
    const rig = new Rig()
    const planned = {
      feature: 'test',
      plannedAt: morning,
      effect: { type: 'say', to: g1, text: '好', priority: 'reply', freshFor: hour },
    } as const
    rig.outbox.add('7.0', planned)
    expect(() => rig.outbox.add('7.0', planned)).toThrow('7.0')
  })
})

describe('merging and cutting', () => {
  it('puts waiting texts with the same key into one message, each with its own result', async () => {
    const rig = online()
    const ids = ['欢迎阿花', '欢迎小明', '欢迎老王'].map((text) => rig.say(g1, text, { merge: 'welcome' }))
    rig.say(g2, '欢迎小李', { merge: 'welcome' })
    await rig.advance(minute)
    expect(rig.texts).toEqual(['欢迎阿花\n\n欢迎小明\n\n欢迎老王', '欢迎小李'])
    expect(ids.map((id) => rig.outcome(id))).toEqual(['sent', 'sent', 'sent'])
  })

  it('merges up to 1,500 characters and never past another text of the same place', async () => {
    const rig = online()
    rig.say(g1, '甲'.repeat(1_000), { merge: 'a' })
    rig.say(g1, '乙'.repeat(499), { merge: 'a' })
    rig.say(g1, '丙', { merge: 'a' })
    rig.say(g1, '丁', { merge: 'b' })
    rig.say(g1, '戊', { merge: 'a' })
    await rig.advance(minute)
    expect(rig.texts.map((text) => text.length)).toEqual([1_000, 502, 1, 1])
    expect(rig.texts.slice(-2)).toEqual(['丁', '戊'])
  })

  it('cuts a long text at line ends, never inside a character, and loses nothing', () => {
    const lines = Array.from({ length: 90 }, (_, n) => `第 ${n} 行${'好'.repeat(60)}`)
    const parts = cutText(lines.join('\n'))
    expect(parts.every((part) => part.length <= 2_000)).toBe(true)
    expect(parts.join('\n').split('\n')).toEqual(lines)
    const faces = cutText('a' + '😀'.repeat(2_500))
    expect(faces.join('')).toBe('a' + '😀'.repeat(2_500))
    expect(faces.every((part) => part.length <= 2_000 && encodeURIComponent(part) !== '')).toBe(true)
    expect(cutText('好')).toEqual(['好'])
  })

  it('goes on with the part that was too fast, and names the parts when it had to stop', async () => {
    const text = `${'一'.repeat(1_900)}\n${'二'.repeat(1_900)}\n三`
    const rig = online()
    rig.answer = () => (rig.orders.length === 2 ? no('tooFast') : ok)
    const id = rig.say(g1, text, { freshFor: hour })
    await rig.advance(4 * second)
    expect(rig.marked.has(id)).toBe(true)
    await rig.advance(10 * minute)
    expect(rig.texts.map((part) => part[0])).toEqual(['一', '二', '二'])
    expect(rig.texts.at(-1)).toBe(`${'二'.repeat(1_900)}\n三`)
    expect(rig.outcome(id)).toBe('sent')

    const other = online()
    other.answer = () => (other.orders.length === 2 ? no('refused', 'Ret 1') : ok)
    const stopped = other.say(g1, text)
    await other.advance(minute)
    expect([other.outcome(stopped), other.detail(stopped)]).toEqual(['refused', 'Ret 1; 1 of 2 parts were sent'])
  })
})

describe('answers of WeChat', () => {
  it('reports what was refused or cannot be done, and does not repeat what may have been done', async () => {
    const rig = online()
    const answers = [no('refused', 'Ret 1'), no('unsupported', 'no files'), no('unknown', 'no answer in 20 s')]
    rig.answer = () => answers[rig.orders.length - 1] ?? ok
    const ids = ['一', '二', '三', '四'].map((text) => rig.say(g1, text))
    await rig.advance(minute)
    expect(ids.map((id) => rig.outcome(id))).toEqual(['refused', 'refused', 'uncertain', 'sent'])
    expect(rig.detail(ids[2] ?? '')).toBe('no answer in 20 s')
    expect(rig.texts).toEqual(['一', '二', '三', '四'])
  })

  it('keeps what the account could not send because the line was gone', async () => {
    const rig = online()
    rig.answer = () => {
      rig.outbox.offline('network')
      return no('offline')
    }
    const id = rig.say(g1, '你好')
    await rig.advance(5 * minute)
    expect(rig.texts).toHaveLength(1)
    expect(rig.marked.size).toBe(0)
    expect(rig.outbox.status).toMatchObject({ offline: 'network', waiting: { reply: 1 } })
    rig.answer = () => ok
    rig.outbox.online()
    await rig.advance(second)
    expect(rig.outcome(id)).toBe('sent')
  })

  it('pauses after 1205, 5 minutes first and twice as long each time, then tries the same again', async () => {
    const rig = online()
    rig.answer = () => no('tooFast')
    const id = rig.say(g1, '警告', { priority: 'safety', freshFor: 48 * hour })
    await rig.advance(6 * hour)
    const waits = rig.orders.slice(1).map(({ at }, n) => (at - (rig.orders[n]?.end ?? 0)) / minute)
    expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60, 60])
    expect(rig.levels.slice(0, 4).map(({ level, why }) => `${level} ${why}`)).toEqual([
      'careful tooFast',
      'essential tooFast',
      'silent tooFast',
      'essential pauseOver',
    ])
    expect(rig.marked.size).toBe(0)
    rig.answer = () => ok
    await rig.advance(hour)
    expect(rig.outcome(id)).toBe('sent')
  })

  it('is careful after the first 1205: half the budgets', async () => {
    const rig = online()
    rig.answer = () => (rig.orders.length === 1 ? no('tooFast') : ok)
    for (let n = 0; n < 40; n++) rig.say({ group: `g${n}` }, '好', { freshFor: hour })
    await rig.advance(5 * minute + second)
    const before = rig.orders.length
    await rig.advance(minute - second)
    expect(rig.orders.length - before).toBeLessThanOrEqual(10)
    expect(rig.outbox.status).toMatchObject({
      level: 'careful',
      sending: { limits: { minute: 10, hour: 200, day: 600 } },
    })
  })

  it('sends only what is essential after the second, and finds back step by step', async () => {
    const rig = online()
    rig.answer = () => (rig.orders.length <= 2 ? no('tooFast') : ok)
    rig.say(g1, '回答', { freshFor: 5 * hour })
    await rig.advance(6 * minute)
    rig.say(g1, '提醒', { priority: 'moderation', freshFor: 5 * hour })
    await rig.advance(20 * minute)
    expect(rig.texts.slice(2)).toEqual(['提醒'])
    await rig.advance(30 * minute)
    expect(rig.texts.slice(2)).toEqual(['提醒', '回答'])
    await rig.advance(hour)
    expect(rig.levels.map(({ level }) => level)).toEqual(['careful', 'essential', 'careful', 'normal'])
  })

  it('stays careful while nothing has gone out, however long it is quiet', async () => {
    const rig = online()
    rig.answer = () => no('tooFast')
    rig.say(g1, '好', { freshFor: minute })
    await rig.advance(10 * hour)
    expect(rig.outbox.status.level).toBe('careful')
    rig.answer = () => ok
    rig.say(g1, '好')
    await rig.advance(second)
    expect(rig.outbox.status.level).toBe('normal')
  })

  it('goes on with the level and the pause of an earlier run', async () => {
    const rig = online()
    rig.outbox.sentBefore([], { level: 'essential', at: morning - minute })
    rig.say(g1, '提醒', { priority: 'moderation' })
    await rig.advance(8 * minute)
    expect(rig.texts).toEqual([])
    await rig.advance(2 * minute)
    expect(rig.texts).toEqual(['提醒'])
  })
})

describe('a disk that does not save, and the end', () => {
  it('does nothing whose mark is not saved, but says the volatile answer, once', async () => {
    const rig = online()
    rig.diskFull = true
    const id = rig.say(g1, '签到成功')
    rig.outbox.reply(g1, '没存上，请稍后再试')
    rig.outbox.reply(g1, '没存上，请稍后再试')
    await rig.advance(minute)
    expect(rig.texts).toEqual(['没存上，请稍后再试'])
    rig.diskFull = false
    await rig.advance(minute)
    expect(rig.outcome(id)).toBe('sent')
    expect(rig.results.size).toBe(1)
  })

  it('forgets a volatile answer that could not go out within a minute', async () => {
    const rig = new Rig()
    rig.outbox.reply(g1, '没存上')
    await rig.advance(2 * minute)
    rig.outbox.online()
    await rig.advance(minute)
    expect(rig.orders).toEqual([])
  })

  it('waits at the end for what is on its way, sends nothing more and leaves no timer', async () => {
    const rig = online()
    rig.answer = () => [ok, 10 * second]
    const [first, next] = [rig.say(g1, '一'), rig.say(g1, '二')]
    await rig.advance(second)
    const stopped = rig.outbox.stop()
    rig.say(g1, '三')
    await rig.advance(minute)
    await stopped
    expect([rig.outcome(first), rig.outcome(next)]).toEqual(['sent', ''])
    expect(rig.texts).toEqual(['一'])
    expect(rig.timers).toBe(0)
  })
})

describe('setbacks', () => {
  it('leaves a group alone that takes nothing, tells it once, and goes on elsewhere', async () => {
    const rig = online()
    let muted = true
    rig.answer = ({ to }) => (muted && to === 'wx-g1' ? no('refused', 'webwxsendmsg: ret -1') : ok)
    for (let n = 0; n < 8; n++) rig.say(g1, `第 ${n} 条`, { freshFor: hour })
    const elsewhere = rig.say({ group: 'g2' }, '别的群')
    await rig.advance(3 * minute)
    expect(rig.orders.filter(({ to }) => to === 'wx-g1')).toHaveLength(2)
    expect(rig.outcome(elsewhere)).toBe('sent')
    expect(rig.refusing).toEqual(['g1 webwxsendmsg: ret -1'])
    expect(rig.outbox.status.sending.waits).toMatchObject([{ priority: 'reply', count: 6, why: 'refusing' }])
    muted = false
    await rig.advance(10 * minute)
    expect(rig.refusing).toEqual(['g1 webwxsendmsg: ret -1', 'g1 over'])
    expect(rig.orders.filter(({ to }) => to === 'wx-g1')).toHaveLength(8)
  })

  it('does not put one answer after the other in doubt while the connection breaks', async () => {
    const rig = online()
    let broken = true
    rig.answer = () => (broken ? no('unknown', 'webwxsendmsg: unanswered ECONNRESET') : ok)
    const ids = Array.from({ length: 10 }, (_, n) => rig.say({ group: `g${n + 1}` }, `答 ${n}`))
    await rig.advance(30 * second)
    broken = false
    await rig.advance(3 * minute)
    const outcomes = ids.map((id) => rig.outcome(id))
    expect(outcomes.filter((outcome) => outcome === 'uncertain').length).toBeLessThanOrEqual(4)
    expect(outcomes.filter((outcome) => outcome === 'sent').length).toBeGreaterThanOrEqual(6)
  })

  it('greets before it answers, and tells its own news last', async () => {
    const rig = online()
    for (let n = 0; n < 20; n++) rig.say(g1, `答 ${n}`)
    rig.say('control', '我上线了。', { priority: 'news' })
    rig.say(g1, '欢迎', { priority: 'greeting' })
    await rig.advance(minute)
    expect(rig.texts[0]).toBe('欢迎')
    expect(rig.texts.indexOf('我上线了。')).toBeGreaterThan(3)
  })

  it('sends half as much in the first hours of a new login, at the usual pace', async () => {
    const rig = online()
    rig.outbox.loggedIn(rig.now)
    for (let n = 0; n < 150; n++) rig.say({ group: `g${n + 1}` }, '好', { freshFor: 5 * hour })
    await rig.advance(hour - minute)
    expect(rig.orders).toHaveLength(100)
    rig.say('control', '在', { priority: 'admin' })
    await rig.advance(10 * second)
    expect(rig.texts.at(-1)).toBe('在')
  })
})
