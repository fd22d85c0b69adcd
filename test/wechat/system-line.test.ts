// Grey lines in a group, in Chinese and English.
import { describe, expect, it } from 'vitest'
import { readSystemLine } from '../../src/wechat/system-line.ts'

describe('readSystemLine', () => {
  it.each([
    ['"甲"邀请"乙、丙"加入了群聊', '甲'],
    ['"甲"邀请你和"乙"加入了群聊', '甲'],
    ['" 乙"通过扫描"甲"分享的二维码加入群聊', '甲'],
    ['"甲 invited"邀请"乙"加入了群聊', '甲 invited'],
    ['Anna invited Bob to the group chat', 'Anna'],
    ['"Anna" invited "Bob, Carl" to the group chat', 'Anna'],
    ['"Bob" joined the group chat via the QR Code shared by "Anna"', 'Anna'],
    ['你邀请"乙"加入了群聊  ', null],
    ['You invited Bob to the group chat', null],
    ['" 乙"通过扫描你分享的二维码加入群聊', null],
    ['"甲"修改群名为“新名字”', null],
    ['你将"乙"移出了群聊', null],
    ['"甲" changed the group name to "Fun"', null],
  ])('%s tells of the members, brought by %s', (line, invitedBy) => {
    expect(readSystemLine(line)).toEqual({ about: 'members', invitedBy })
  })

  it('does not guess when the words stand twice, as a name may hold them', () => {
    expect(readSystemLine('"老板"邀请"x"邀请"乙"加入了群聊')).toEqual({ about: 'members', invitedBy: null })
    expect(readSystemLine('a invited b invited c to the group chat').invitedBy).toBeNull()
  })

  it('knows when the bot itself was taken out', () => {
    expect(readSystemLine('你被"甲"移出群聊').about).toBe('removed')
    expect(readSystemLine('You were removed from the group chat by "Anna"').about).toBe('removed')
  })

  it.each(['"甲" 拍了拍我', '"甲"拍了拍我的脑袋', '"Anna" tickled me'])('%s is a pat', (line) => {
    expect(readSystemLine(line).about).toBe('patted')
  })

  it('leaves other lines alone', () => {
    expect(readSystemLine('收到红包，请在手机上查看')).toEqual({ about: 'other', invitedBy: null })
    expect(readSystemLine('"甲" 拍了拍 "乙"').about).toBe('other')
  })
})
