// QR codes are read apart from the main thread, and what is too large, too much or no picture is let be.
import { FileBox } from 'file-box'
import Jimp from 'jimp'
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
  expect(await read(await picture('https://u.example.com/abc'))).toEqual(['https://u.example.com/abc'])
  const dot = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64')
  expect(await read(dot)).toEqual([])
  expect(await read(white)).toEqual([])
  expect(await read(Buffer.from('no picture'))).toEqual([])
  expect(await read(undefined)).toEqual([])
  expect(await reader.read(() => Promise.reject(new Error('gone')))).toEqual([])
  expect(await read(await picture('第二个'))).toEqual(['第二个'])
})

it('reads two codes in one picture', async () => {
  const [first, two] = await Promise.all(['https://a.example.com/1', 'https://b.example.com/2'].map(picture))
  for (const upright of [true, false]) {
    const [left, right] = await Promise.all([Jimp.read(first ?? white), Jimp.read(two ?? white)])
    const [width, height] = [left.getWidth(), left.getHeight()]
    const both = new Jimp(upright ? width : 2 * width, upright ? 2 * height : height, '#ffffff')
    both.composite(left, 0, 0).composite(right, upright ? 0 : width, upright ? height : 0)
    const texts = await read(await both.getBufferAsync(Jimp.MIME_PNG))
    expect([...texts].sort()).toEqual(['https://a.example.com/1', 'https://b.example.com/2'])
  }
})

it('does not unpack a picture that claims to be huge, nor one that weighs too much', async () => {
  const huge = await picture('x')
  huge.writeUInt32BE(60_000, 16)
  huge.writeUInt32BE(60_000, 20)
  expect(await read(huge)).toEqual([])
  expect(await read(Buffer.concat([await picture('x'), Buffer.alloc(6_000_000)]))).toEqual([])
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
  expect([late, fetched]).toEqual([[], false])
  release()
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 10 }, () => []))
})
