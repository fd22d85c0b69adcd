// The operator's settings as the engine uses them: loaded, checked, merged per group and frozen. `config/` makes them.
import type { Localised } from '../types/localised.ts'
import type { QuietHours } from '../types/quiet-hours.ts'

/** One feature's settings in one group (or in the community, where no group is meant). */
export interface FeatureSettings {
  enabled: boolean
  /** Parsed by the feature's own `config` schema. */
  config: unknown
  /** What `prepare` made of `config`; undefined without `prepare`. */
  prepared: unknown
  /** Word name → what members may type, the operator's choice or the feature's own. */
  words: Readonly<Record<string, readonly string[]>>
  /** What members may type besides: the feature's own words where the operator has added some; anything that is in `words` goes first. */
  usualWords?: Readonly<Record<string, readonly string[]>>
  /** Text name → template in the bot's language. */
  texts: Readonly<Record<string, string>>
}

/** A group that `groups.yaml` names. */
export interface GroupSettings {
  /** The topic by which the group is found the first time. */
  name: string
  tags: readonly string[]
  timezone: string
}

/** All settings, of one loading. */
export interface Settings {
  language: keyof Localised
  timezone: string
  /** What the bot is called in texts. */
  botName: string
  groups: readonly GroupSettings[]
  /** Quiet hours and budgets of the outbox; see `config/bot.yaml`. */
  sending: Sending
  control: ControlSettings
  /** Days that the messages of managed groups are kept, outside the journal; 0: they are not. */
  messageDays: number
  /** Ways out of WeChat for trouble; none when left out. */
  alarm?: AlarmSettings
  /** The settings of a feature in a group by its name in `groups.yaml`, or in the community at large for null. */
  feature(name: string, group: string | null): FeatureSettings
}

const namedGroups = new WeakMap<readonly GroupSettings[], ReadonlyMap<string, GroupSettings>>()

/** The settings of a group by its name in `groups.yaml`. */
export function groupNamed({ groups }: Pick<Settings, 'groups'>, name: string): GroupSettings | undefined {
  let named = namedGroups.get(groups)
  if (!named) {
    // Of two with the same name the first counts.
    named = new Map(groups.toReversed().map((group) => [group.name, group]))
    namedGroups.set(groups, named)
  }
  return named.get(name)
}

/** The time zone of a group by its name in `groups.yaml`, else the community's. */
export function timezoneOf(settings: Pick<Settings, 'groups' | 'timezone'>, managed: string | undefined): string {
  return (managed === undefined ? undefined : groupNamed(settings, managed)?.timezone) ?? settings.timezone
}

/** Where the operator is told of trouble outside WeChat; see `alarm/channels.ts`. */
export interface AlarmSettings {
  /** Time (ms) after which a lasting trouble is told again. */
  again: number
  webhook?: { url: string; body: Readonly<Record<string, unknown>>; headers: Readonly<Record<string, string>> }
  mail?: { host: string; port: number; secure: boolean; user: string; from: string; to: readonly string[] }
}

/** How the control group is secured; see `config/bot.yaml`. */
export interface ControlSettings {
  /** Whether its owner may name a second group that takes its place when it is lost. */
  spare: boolean
  /** Whether what is typed on the account's own phone there counts as the owner's. */
  phone: boolean
}

/** The pace of sending, in milliseconds and messages. */
export interface Sending {
  /** Milliseconds between two sends, and the most that chance adds to it. */
  gap: number
  jitter: number
  perMinute: number
  perHour: number
  perDay: number
  perGroupPerMinute: number
  /** Posts and games wait until the end. */
  quiet: QuietHours
}
