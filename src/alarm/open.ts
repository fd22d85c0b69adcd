// The alarm as `alarm:` of bot.yaml wants it, remembering over restarts what it has told.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Settings } from '../core/feature/settings.ts'
import type { DataFolder } from '../data-folder.ts'
import { Alarm, type AlarmParts, type Raised } from './alarm.ts'
import { mail, webhook, type Channel } from './channels.ts'

const fileName = 'alarms.json'
const Kept = z.record(z.string(), z.object({ text: z.string(), at: z.int() }))
/** Milliseconds between two alarms of one trouble when nothing is set. */
const usualAgain = 6 * 3_600_000

export interface AlarmOptions extends Pick<AlarmParts, 'now' | 'later' | 'failed'> {
  data: DataFolder
  /** The settings by which the bot goes now. */
  settings: () => Pick<Settings, 'alarm' | 'botName' | 'language'>
  /** Of the mail account (`QUANZI_MAIL_PASSWORD`). */
  mailPassword: string
}

export function openAlarm({ data, settings, mailPassword, ...parts }: AlarmOptions): Alarm {
  return new Alarm({
    ...parts,
    channels: () => channelsOf(settings().alarm, mailPassword),
    again: () => settings().alarm?.again ?? usualAgain,
    botName: () => settings().botName,
    language: () => settings().language,
    kept: readKept(data),
    keep: (raised) => void data.write('health', fileName, JSON.stringify(raised)),
  })
}

function channelsOf(alarm: Settings['alarm'], mailPassword: string): Channel[] {
  const hook = alarm?.webhook ? [webhook(alarm.webhook)] : []
  return alarm?.mail ? [...hook, mail(alarm.mail, mailPassword)] : hook
}

/** Nothing when there is no such file, or none that can be read: it is only a help. */
function readKept(data: DataFolder): Raised {
  try {
    return Kept.parse(JSON.parse(readFileSync(data.file(fileName), 'utf8')))
  } catch {
    return {}
  }
}
