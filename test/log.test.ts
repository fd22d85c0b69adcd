// Nothing secret and nothing private gets into the log.
import { describe, expect, it } from 'vitest'
import { openLog } from '../src/log.ts'

function logged(level: string, write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = []
  write(openLog(level, { write: (line) => lines.push(line) }))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('openLog', () => {
  it('writes listed fields and only names the others', () => {
    const [line] = logged('info', (log) => log.info({ group: 'g1', count: 2, skey: '@crypt_1', PROP: {} }, 'hello'))
    expect(line).toMatchObject({ group: 'g1', count: 2, msg: 'hello', dropped: ['skey', 'PROP'] })
    expect(JSON.stringify(line)).not.toContain('@crypt_1')
  })

  it('keeps what people wrote for debugging', () => {
    const [info] = logged('debug', (log) => log.info({ text: '我的电话' }, 'said'))
    expect(info).toMatchObject({ dropped: ['text'] })
    const [debug] = logged('debug', (log) => log.debug({ text: '我的电话' }, 'said'))
    expect(debug).toMatchObject({ text: '我的电话' })
  })

  it('writes an error without the request that hangs on it', () => {
    const error = Object.assign(new Error('refused sid=abcdef'), { code: 'ECONNREFUSED' })
    Object.assign(error, { config: { headers: { cookie: 'wxsid=secret1' } }, response: { data: 'secret2' } })
    for (const line of [
      ...logged('info', (log) => log.error(error)),
      ...logged('info', (log) => log.error({ err: error }, 'failed')),
    ]) {
      expect(line.err).toMatchObject({ type: 'Error', code: 'ECONNREFUSED', message: 'refused sid=***' })
      expect(JSON.stringify(line)).not.toMatch(/secret|abcdef/)
    }
  })

  it('blots secrets out of texts', () => {
    const [line] = logged('info', (log) =>
      log.info({ detail: 'https://wx.qq.com/x?skey=%40crypt_ab&pass_ticket=zz&r=1' }, 'with Bearer sk-abcdefgh1234'),
    )
    expect(line).toMatchObject({ detail: 'https://wx.qq.com/x?skey=***&pass_ticket=***&r=1' })
    expect(JSON.stringify(line)).not.toMatch(/crypt_ab|zz|abcdefgh/)
  })
})
