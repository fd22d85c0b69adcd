// What order says, in both languages.
import { en } from './texts-en.ts'
import { zh } from './texts-zh.ts'

export const orderTexts = { zh, en } as const
