// What a config names that must fit others, files, coupons and words: a schema marks it with `.meta()`, here it is found; files are checked too.
import { readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { z } from 'zod'
import type { Localised } from '../core/types/localised.ts'
import { isMap } from './layers.ts'
import { nearest } from '../core/lib/spelling.ts'
import type { Path } from './yaml.ts'

/** A text that a schema marks, and where in the settings it stands. */
export interface Named {
  path: Path
  name: string
}

/**
 * The texts of a value that its schema marks: `.meta({ file: true })` for a file, `.meta({ file: 'csv' })` for a table that is read
 * when the config is loaded, `.meta({ file: 'yaml' })` for a YAML file that is, `.meta({ coupon: true })` for a kind of coupon,
 * `.meta({ word: true })` for what members say.
 */
export function marked(
  schema: z.core.$ZodType,
  value: unknown,
  isMarked: (meta: Record<string, unknown>) => boolean,
  path: Path = [],
): Named[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string' && isMarked(z.globalRegistry.get(schema) ?? {})) return [{ path, name: value }]
  const def = (schema as z.core.$ZodTypes)._zod.def
  switch (def.type) {
    case 'object':
      return entries(value).flatMap(([key, part]) => {
        const inner = Object.hasOwn(def.shape, key) ? def.shape[key] : undefined
        return inner ? marked(inner, part, isMarked, [...path, key]) : []
      })
    case 'record':
      return entries(value).flatMap(([key, part]) => marked(def.valueType, part, isMarked, [...path, key]))
    case 'array':
      return Array.isArray(value) ? value.flatMap((part, i) => marked(def.element, part, isMarked, [...path, i])) : []
    case 'union':
      return def.options
        .filter((option) => z.safeParse(option, value).success)
        .flatMap((option) => marked(option, value, isMarked, path))
    case 'intersection':
      return [...marked(def.left, value, isMarked, path), ...marked(def.right, value, isMarked, path)]
    case 'pipe':
      return marked(def.in, value, isMarked, path)
    case 'lazy':
      return marked(def.getter(), value, isMarked, path)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return marked(def.innerType, value, isMarked, path)
    default:
      return []
  }
}

function entries(value: unknown): [string, unknown][] {
  return isMap(value) ? Object.entries(value) : []
}

/** Why a named file cannot be used; undefined when it is inside the config folder, also after following links. */
export function fileTrouble(folder: string, name: string): Localised | undefined {
  if (name.includes('\\')) {
    return {
      zh: `路径里请用 /，不用 \\：${name.replaceAll('\\', '/')}`,
      en: `write the path with / instead of \\: ${name.replaceAll('\\', '/')}`,
    }
  }
  if (isAbsolute(name) || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\0'))
    return outside(name)
  let path: string
  let isFile: boolean
  try {
    path = realpathSync(join(folder, name))
    isFile = statSync(path).isFile()
  } catch {
    return missing(folder, name)
  }
  const inside = relative(realpathSync(folder), path)
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return outside(name)
  return isFile ? undefined : { zh: `「${name}」不是文件。`, en: `"${name}" is not a file.` }
}

function outside(name: string): Localised {
  return {
    zh: `「${name}」不在配置文件夹里。请把文件放进去，路径从配置文件夹写起，例如 files/menu.jpg。`,
    en: `"${name}" is not inside the config folder. Put the file there and write its path from there, e.g. files/menu.jpg.`,
  }
}

/** What is told of a named file that is not there. */
export function missing(folder: string, name: string): Localised {
  const near = nearest(basename(name), filesOf(join(folder, dirname(name))))
  return {
    zh: `找不到文件「${name}」。${near ? `那里有「${near}」，是不是它？` : '请放进配置文件夹，再检查文件名和后缀。'}`,
    en: `there is no file "${name}". ${near ? `There is "${near}"; did you mean that?` : 'Put it into the config folder and check its name.'}`,
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
