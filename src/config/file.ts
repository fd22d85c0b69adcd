// Reading a config file: bytes to text, or a problem that says how to save it right.
import { readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Localised } from '../core/types/localised.ts'

/** The text of a file, `missing`, or why it cannot be read and where (line and column from 1). */
export type FileText =
  | { text: string; trouble?: never }
  | { text?: never; trouble: 'missing' | { line: number; column: number; text: Localised } }

/** The file's name as the operator knows it: with the config folder's own name before it. */
export function shownName(folder: string, name: string): string {
  return `${basename(folder)}/${name}`
}

/** The bytes of a file of the config folder, `missing`, or why it cannot be read. */
export function readBytes(folder: string, name: string): Buffer | 'missing' | Localised {
  try {
    const path = join(folder, name)
    // A pipe or device in place of the file would hang the bot.
    return statSync(path).isFile() ? readFileSync(path) : notAFile
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
    if (code === undefined) throw error
    return code === 'ENOENT' ? 'missing' : unreadable(code)
  }
}

/** A text file of the config folder. */
export function readText(folder: string, name: string): FileText {
  const bytes = readBytes(folder, name)
  if (bytes === 'missing') return { trouble: bytes }
  if (!Buffer.isBuffer(bytes)) return { trouble: { line: 1, column: 1, text: bytes } }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { trouble: { ...firstBadByte(bytes), text: wrongEncoding(bytes) } }
  }
}

function firstBadByte(bytes: Buffer): { line: number; column: number } {
  const lenient = new TextDecoder('utf-8').decode(bytes)
  const bad = lenient.indexOf('\ufffd')
  const before = lenient.slice(0, Math.max(0, bad)).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function wrongEncoding(bytes: Buffer): Localised {
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const name = utf16 ? 'UTF-16' : 'GBK'
  return {
    zh: `文件不是 UTF-8 编码（多半是 ${name}）。用记事本或 VS Code 打开，另存为时把编码选成 UTF-8。`,
    en: `the file is not UTF-8 (most likely ${name}). Open it in an editor and save it with the encoding UTF-8.`,
  }
}

const notAFile: Localised = { zh: '这里应该是一个文件，不是文件夹。', en: 'this should be a file, not a folder.' }

function unreadable(code: string): Localised {
  return code === 'EACCES' || code === 'EPERM'
    ? {
        zh: '没有权限读这个文件，请让运行机器人的用户能读它。',
        en: 'no permission to read this file; let the user who runs the bot read it.',
      }
    : { zh: `读不了这个文件（${code}）。`, en: `this file cannot be read (${code}).` }
}
