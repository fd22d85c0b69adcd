import { describe, expect, it } from 'vitest'
import { parseLine } from '../../src/playground/line.ts'

const text = (words: string) => ({ kind: 'text', text: words })

describe('parseLine', () => {
  it.each([
    ['小明> 签到', { do: 'send', who: '小明', where: null, what: text('签到') }],
    ['小明@福利2群> 你好', { do: 'send', who: '小明', where: '福利2群', what: text('你好') }],
    ['老板@控制群> /status', { do: 'send', who: '老板', where: '控制群', what: text('/status') }],
    ['小 明 @ 鲜邻 · 1群 >好', { do: 'send', who: '小 明', where: '鲜邻 · 1群', what: text('好') }],
    ['小明＠福利2群＞ 你好', { do: 'send', who: '小明', where: '福利2群', what: text('你好') }],
    ['小明> 骰子 @阿花 > 1 = 2', { do: 'send', who: '小明', where: null, what: text('骰子 @阿花 > 1 = 2') }],
    ['小明> #接龙\\n1. 小明', { do: 'send', who: '小明', where: null, what: text('#接龙\n1. 小明') }],
    ['小明> [图片]', { do: 'send', who: '小明', where: null, what: { kind: 'picture', path: '' } }],
    ['小明> [文件 a b.pdf]', { do: 'send', who: '小明', where: null, what: { kind: 'file', path: 'a b.pdf' } }],
    [
      '小明> 「陈晨：几点到货」我也想问',
      {
        do: 'send',
        who: '小明',
        where: null,
        what: { kind: 'quote', by: '陈晨', quoted: '几点到货', text: '我也想问' },
      },
    ],
    ['+ 阿花', { do: 'join', who: ['阿花'], where: null }],
    ['＋阿花、小周 @福利2群', { do: 'join', who: ['阿花', '小周'], where: '福利2群' }],
    ['- 阿花', { do: 'leave', who: ['阿花'], where: null }],
    ['小明 = 3-502 小明', { do: 'rename', who: '小明', where: null, name: '3-502 小明' }],
    ['小明@福利2群 ＝ 小明妈', { do: 'rename', who: '小明', where: '福利2群', name: '小明妈' }],
    ['@ 福利2群', { do: 'go', where: '福利2群' }],
    ['= 10s', { do: 'wait', seconds: 10 }],
    ['=1.5', { do: 'wait', seconds: 1.5 }],
    ['＝ 08：00', { do: 'clock', time: '08:00' }],
    ['# 早上', { do: 'note', text: '早上' }],
    ['？', { do: 'help' }],
    ['  ', { do: 'nothing' }],
  ])('%s', (typed, line) => {
    expect(parseLine(typed)).toEqual(line)
  })

  it.each(['签到', '小明>', '> 签到', '@> 签到', '+', '- ', '=', '= 早', '小明@福利2群'])(
    'does not guess at %s',
    (typed) => {
      expect(parseLine(typed)).toEqual({ do: 'unclear' })
    },
  )
})
