// 接龙: ordering by a line, limits and totals, payment, and WeChat's own threads kept and put together.
import { describe, expect, it } from 'vitest'
import { Chat } from '../../support/chat.ts'

const four = ['小明', '阿花', '大刘', '可可']
const quiet = { points: { message: { points: 0 } }, order: { enabled: false } }
const chat = (more: object = {}) => new Chat({ members: four, config: quiet, ...more })
const line = '/signup new 周五团购 草莓 25元 限3 共5 鸡蛋18元 成团 4 自提 东门、西门 截止 20:00'

describe('a sign-up list', () => {
  it('is opened with items, prices, limits, a target and pick-up points', () => {
    expect(chat().admin(line)[0]).toBe(
      '→福利群 📋 接龙 #1：周五团购\n· 草莓 25 元（每人最多 3 份，共 5 份）\n· 鸡蛋 18 元\n' +
        '回复「接龙 草莓2 鸡蛋1」；改数量就再发一次，不要了回复「取消」。\n🤝 满 4 份成团\n📍 自提点：东门、西门，接龙时写上\n⏰ 11-21 20:00 截止',
    )
    expect(chat().admin('/signup new 团购 草莓=25 限2 鸡蛋18元/板')[0]).toContain(
      '· 草莓 25 元（每人最多 2 份）\n· 鸡蛋 18 元\n',
    )
    expect(chat().admin('/signup new 团购 草莓 草莓')).toEqual(['「草莓」写了两次'])
  })

  it('hears orders and what is not wanted any more without the word, as neighbours write them', () => {
    const g = chat()
    g.admin('/signup new 周末团 草莓19.9 鸡蛋29.9')
    expect(g.says('阿花', '5栋-阿花 草莓x2')).toEqual(['📋 阿花：草莓2，共 39.8 元'])
    g.says('小明', '接龙 草莓1 鸡蛋1')
    expect(g.says('小明', '草莓不要了')).toEqual(['📋 小明：鸡蛋1，共 29.9 元'])
    expect(g.says('大刘', '取消草莓')).toEqual([])
    expect(g.says('大刘', '草莓不要买太多')).toEqual([])
    expect(g.says('大刘', '+1')).toEqual(['大刘，要哪一样？例如「草莓+1」。'])
    g.admin('/remove 1 小明')
    expect(g.admin('/log')[0]).toContain('/remove 1 小明')
  })

  it('takes orders, more, changes and cancellations', () => {
    const g = chat()
    g.admin(line)
    expect(g.says('小明', '接龙 草莓2 鸡蛋1 东门')).toEqual(['📋 小明：草莓2、鸡蛋1（东门），共 68 元'])
    expect(g.says('小明', '草莓再加一份')).toEqual(['📋 小明：草莓3、鸡蛋1（东门），共 93 元\n🎉 够 4 份，成团了！'])
    expect(g.says('小明', '草莓改成1份')).toEqual(['📋 小明：草莓1、鸡蛋1（东门），共 43 元'])
    expect(g.says('小明', '改成2份')).toEqual(['小明，要改哪一样？例如「草莓改成1份」。'])
    expect(g.says('小明', '接龙 鸡蛋不要了')).toEqual(['📋 小明：草莓1（东门），共 25 元'])
    expect(g.says('小明', '改成2份')).toEqual(['📋 小明：草莓2（东门），共 50 元'])
    expect(g.says('小明', '+1')).toEqual(['📋 小明：草莓3（东门），共 75 元'])
    expect(g.says('阿花', '草莓1 鸡蛋2')).toEqual([
      '📋 阿花：草莓1、鸡蛋2，共 61 元\n自提点选哪个？再发一次「接龙 东门」就好。\n🎉 够 4 份，成团了！',
    ])
    expect(g.says('阿花', '接龙 西门')).toEqual(['📋 阿花：草莓1、鸡蛋2（西门），共 61 元'])
    expect(g.says('小明', '取消')).toEqual(['小明 退出了接龙「周五团购」 #1。'])
    expect(g.says('大刘', '取消')).toEqual([])
    expect(g.errors).toEqual([])
  })

  it('keeps to limits and stock, and asks about what is not plain', () => {
    const g = chat()
    g.admin(line)
    expect(g.says('小明', '接龙 草莓4')).toEqual(['「草莓」每人最多 3 份，小明 再改一下。'])
    g.says('小明', '接龙 草莓3')
    expect(g.says('阿花', '接龙 草莓3')).toEqual(['「草莓」只剩 2 份了，阿花 再改一下。'])
    expect(g.says('大刘', '接龙 苹果2')[0]).toContain('「苹果2」没看懂要哪样、几份')
    expect(g.says('可可', '接龙 草莓2还是3')[0]).toContain('没看懂')
  })

  it('speaks English too', () => {
    const g = new Chat({ config: { bot: { botName: 'Q', language: 'en' } } })
    expect(g.admin('/signup new Order Apples until 20:00')[0]).toContain('or “cancel” to drop it')
    g.says('小明', 'sign up Apples2')
    expect(g.says('小明', 'cancel')[0]).toBe('小明 left sign-up list “Order” #1.')
  })

  it('leaves talk alone', () => {
    const g = chat()
    g.admin(line)
    for (const text of [
      '草莓好吃吗',
      '我买了2斤苹果',
      '取消订单怎么弄',
      '接龙怎么接',
      '鸡蛋多少钱',
      '我再想想',
      '2',
      '这个草莓25元贵吗',
    ])
      expect(g.says('小明', text), text).toEqual([])
  })

  it('of people counts who comes', () => {
    const g = chat()
    expect(g.admin('/signup new 周六羽毛球 满3人')[0]).toContain('参加就回复「接龙」或「+1」')
    expect(g.says('小明', '+1')).toEqual(['📋 小明 参加（1 人）'])
    expect(g.says('阿花', '接龙 2人')).toEqual(['📋 阿花 参加（2 人）'])
    expect(g.says('阿花', '取消')).toEqual(['阿花 退出了接龙「周六羽毛球」 #1。'])
    g.says('大刘', '报名')
    expect(g.says('可可', '接龙')[1]).toContain('✅ 接龙 #1「周六羽毛球」截止，3 人\n1. 小明\n2. 大刘\n3. 可可')
  })

  it('ends with totals by item and pick-up point, and knows who has paid', () => {
    const g = chat()
    g.admin(line)
    g.says('小明', '接龙 草莓2 东门')
    g.says('阿花', '接龙 草莓1 鸡蛋2 西门')
    const told = g.admin('/close 1')
    expect(told[0]).toBe(
      '→福利群 ✅ 接龙 #1「周五团购」截止，2 人 5 份，成团 🎉\n1. 小明 草莓2 东门\n2. 阿花 草莓1 鸡蛋2 西门\n合计：草莓3、鸡蛋2\n📍 东门：草莓2\n📍 西门：草莓1、鸡蛋2',
    )
    expect(told[1]).toContain('应收 111 元，已付 0 人，未付 2 人')
    expect(g.admin('/paid 1 小明 小红')).toEqual(['#1 已记付款：小明。还有 1 人没付。\n#1 里没有：小红'])
    expect(g.admin('/remind 1')).toEqual([
      '→福利群 💰 接龙 #1「周五团购」还有 1 位没付款，付过的请忽略。',
      '好，我在群里提醒 #1。\n没付：阿花',
    ])
    expect(g.admin('/export 1')[0]).toContain(',草莓2,50,东门,已付')
    g.admin('/paid 1 全部')
    expect(g.admin('/remind 1')).toEqual(['接龙 #1 都付清了，没有人要提醒。'])
  })

  it('that stays below its target says so', () => {
    const g = chat()
    g.admin('/signup new 团 草莓 25元 成团 10')
    g.says('小明', '接龙 草莓2')
    expect(g.admin('/close 1')[0]).toContain('没到 10 份，这次不成团')
  })
})

describe('a thread of WeChat’s own', () => {
  const v1 = '#接龙\n周五团购\n\n1. 小明 草莓2'
  const withHua = `${v1}\n2. 阿花 草莓1`
  const withLiu = `${v1}\n2. 大刘 草莓3`

  it('is kept from its first text on, quietly', () => {
    const g = chat()
    expect(g.says('小明', v1)).toEqual(['📋 接龙 #1「周五团购」我来记着：漏了谁的行会补上，要看合计发「接龙 1」。'])
    expect(g.says('阿花', withHua)).toEqual([])
    expect(g.says('大刘', '接龙 1')[0]).toContain('2 人 3 份\n1. 小明 草莓2\n2. 阿花 草莓1\n合计：草莓3')
  })

  it('keeps a line that a fork lost, tells it once, and gives a text to go on from', () => {
    const g = chat()
    g.says('小明', v1)
    g.says('阿花', withHua)
    expect(g.says('大刘', withLiu)).toEqual([
      '📋 这一版里没有：「阿花 草莓1」。我留着了，请下一位接这份：\n#接龙\n周五团购\n\n1. 小明 草莓2\n2. 阿花 草莓1\n3. 大刘 草莓3',
    ])
    expect(g.says('可可', `${withLiu}\n3. 可可 草莓1`)).toEqual([])
    expect(g.admin('/list 1')[0]).toContain('4 人')
  })

  it('takes changes and removals by their owners, and asks once about doubtful lines', () => {
    const g = chat()
    g.says('阿花', withHua)
    g.says('阿花', `${v1}\n2. 阿花 草莓5`)
    expect(g.admin('/list 1')[0]).toContain('阿花 草莓5')
    g.says('阿花', v1)
    expect(g.admin('/list 1')[0]).not.toContain('阿花')
    const odd = `${v1}\n2. 大刘 苹果2还是3`
    expect(g.says('大刘', odd)[0]).toContain('没看懂要哪样、几份，请本人改一下：「大刘 苹果2还是3」')
    expect(g.says('可可', `${odd}\n3. 可可 草莓1`)).toEqual([])
  })

  it('goes on in a list that the admins opened, with people who are no members', () => {
    const g = chat()
    g.admin('/signup new 周五团购 草莓 25元 土鸡蛋 18元')
    expect(g.says('小明', '#接龙\n周五团购\n1. 小明 草莓2 鸡蛋1\n2. 王阿姨 鸡蛋2板（小明代）')).toEqual([])
    expect(g.says('阿花', '接龙 草莓1')).toEqual(['📋 阿花：草莓1，共 25 元'])
    expect(g.admin('/list 1')[0]).toContain('1. 小明 草莓2 土鸡蛋1 68')
    expect(g.admin('/list 1')[0]).toContain('2. 王阿姨 土鸡蛋2 36')
    expect(g.errors).toEqual([])
  })

  it('can be left alone by a setting', () => {
    const g = chat({ config: { ...quiet, signup: { native: false } } })
    expect(g.says('小明', v1)).toEqual([])
    expect(g.admin('/activities')[0]).toContain('还没有活动')
  })
})
