// One line of JSON with a checksum as its last property, so that damage of any kind shows.
import { crc32 } from 'node:zlib'

const mark = ',"crc":"'
const sealLength = `${mark}00000000"}`.length

/** The end of a sealed line whose text so far (without the closing brace) has this CRC-32. */
export function sealEnd(crc: number): string {
  return `${mark}${crc.toString(16).padStart(8, '0')}"}\n`
}

/** A line of JSON, sealed, with its line end. @param object the text of a JSON object that is not empty */
export function seal(object: string): string {
  const open = object.slice(0, -1)
  return open + sealEnd(crc32(open))
}

/** What was sealed; undefined when a bit of it (the line end included) is not as it was written. */
export function unseal(line: Buffer): unknown {
  const open = line.subarray(0, Math.max(0, line.length - sealLength - 1))
  if (line.toString('latin1', open.length) !== sealEnd(crc32(open))) return undefined
  const sealed: unknown = JSON.parse(`${open.toString()}}`)
  return sealed
}
