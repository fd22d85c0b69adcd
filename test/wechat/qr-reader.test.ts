// QR codes are read apart from the main thread, and what is too large, too much or no picture is let be.
import { FileBox } from 'file-box'
import { afterAll, expect, it } from 'vitest'
import { QrReader } from '../../src/wechat/qr-reader.ts'

const reader = new QrReader()
afterAll(() => reader.stop())
const picture = (text: string) => FileBox.fromQRCode(text).toBuffer()
/** A white picture, 60 x 60 (BMP). */
const white = Buffer.alloc(54 + 60 * 60 * 3, 255)
white.write('BM')
for (const [at, value] of [
  [2, white.length],
  [6, 0],
  [10, 54],
  [14, 40],
  [18, 60],
  [22, 60],
  [30, 0],
  [34, 0],
  [46, 0],
  [50, 0],
] as const)
  white.writeUInt32LE(value, at)
white.writeUInt32LE(0x00180001, 26)
const read = (bytes: Uint8Array | undefined) => reader.read(() => Promise.resolve(bytes))

it('reads what a code says, also after pictures that hold none', async () => {
  expect(await read(await picture('https://u.example.com/abc'))).toBe('https://u.example.com/abc')
  const dot = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')
  expect(await read(dot)).toBeNull()
  expect(await read(white)).toBeNull()
  expect(await read(Buffer.from('no picture'))).toBeNull()
  expect(await read(undefined)).toBeNull()
  expect(await reader.read(() => Promise.reject(new Error('gone')))).toBeNull()
  expect(await read(await picture('第二个'))).toBe('第二个')
})

it('does not unpack a picture that claims to be huge, nor one that weighs too much', async () => {
  const huge = await picture('x')
  huge.writeUInt32BE(60_000, 16)
  huge.writeUInt32BE(60_000, 20)
  expect(await read(huge)).toBeNull()
  expect(await read(Buffer.concat([await picture('x'), Buffer.alloc(6_000_000)]))).toBeNull()
})

it('looks at ten at once and lets the rest go', async () => {
  let release = () => {}
  const slow = new Promise<undefined>((resolve) => (release = () => resolve(undefined)))
  const waiting = Array.from({ length: 10 }, () => reader.read(() => slow))
  let fetched = false
  const late = await reader.read(() => {
    fetched = true
    return slow
  })
  expect([late, fetched]).toEqual([null, false])
  release()
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 10 }, () => null))
})
