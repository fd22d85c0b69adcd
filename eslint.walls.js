// The walls between the rooms of the house: an allow-list of what each room may import, and the lint rule that keeps it.
import { dirname, relative, resolve } from 'node:path'

const src = resolve(import.meta.dirname, 'src')

/** The rooms that features, and what stands beside them, are built from. */
const base = ['core/types', 'core/lib', 'core/money', 'core/feature']

/**
 * What each room may import: rooms or single files of `src/`, and packages. The longest name that a file's path begins with is its room.
 * A room may always import its own files. What is not listed here is refused, so a new room begins with a line here.
 */
const walls = {
  'core/types': ['zod'],
  'core/lib': [
    'core/types',
    'mustache',
    'opencc-js',
    'lru-cache',
    'luxon',
    'fastest-levenshtein',
    're2js',
    'node:crypto',
  ],
  'core/money': ['core/types', 'core/lib', 'core/feature/tables.ts', 'core/feature/directory.ts', 'zod'],
  'core/feature': [
    ...['core/types', 'core/lib', 'core/money'],
    ...['zod', 'lru-cache', 'luxon', 'fastest-levenshtein', 'node:crypto'],
  ],
  'core/engine': [...base, 'locales', 'zod', 'fastest-levenshtein', 'tinyqueue', 'node:util'],

  adfilter: ['core/types', 'core/lib', '@monyone/aho-corasick', 're2js'],
  search: ['core/types', 'core/lib', 'stemmer'],
  activities: [...base, 'zod'],
  features: [...base, 'activities', 'adfilter', 'search', 'zod', 'luxon', 're2js', '@monyone/aho-corasick'],
  'features/index.ts': ['core/feature', 'features'],

  people: ['core/types', 'core/lib', 'core/feature', 'wechat/account.ts', 'node:crypto'],
  outbox: ['core/types', 'core/lib', 'core/feature', 'store/store.ts', 'wechat/account.ts', 'node:fs', 'node:path'],
  wechat: [
    ...[
      'core/types',
      'core/lib',
      'alarm',
      'data-folder.ts',
      'health.ts',
      'starts.ts',
      'log.ts',
      'node:*',
      'zod',
      'image-size',
      'lru-cache',
      'qrcode-terminal',
    ],
    ...['wechaty', 'wechaty-puppet', 'wechaty-puppet-wechat4u', 'wechat4u', 'file-box', 'jimp', 'jsqr'],
  ],
  store: ['core/types', 'core/lib', 'core/feature', 'node:*', 'zod', 'lowdb'],
  config: [
    ...[...base, 'core/engine', 'data-folder.ts', 'schedule.ts', 'node:fs', 'node:path'],
    ...['zod', 'yaml', 'csv-parse', 'chokidar', 'fastest-levenshtein'],
  ],
  ai: [
    'core/types',
    'core/lib',
    'core/feature',
    'adfilter',
    'search',
    'data-folder.ts',
    'features/moderation/settings.ts',
    'log.ts',
    'zod',
    'yaml',
    'openai',
    'node:crypto',
    'node:fs',
    'node:path',
  ],
  library: [...base, 'core/engine', 'features', 'config', 'store', 'node:*', 'yaml', '@e965/xlsx'],
  locales: ['core/types'],
  'schedule.ts': ['core/types', 'core/feature', 'node-cron'],
  'log.ts': ['pino', 'pino-pretty'],
  'clock.ts': ['core/types'],
  'data-folder.ts': ['node:*'],
  'health.ts': ['data-folder.ts', 'node:*'],
  'starts.ts': ['clock.ts', 'core/lib', 'data-folder.ts', 'operations.ts', 'node:*'],
  'states.ts': ['core/types', 'core/lib', 'locales', 'wechat/account.ts'],
  alarm: ['core/feature', 'data-folder.ts', 'node:*', 'zod', 'nodemailer'],
  'operations.ts': [
    ...['alarm', 'core/types', 'core/lib', 'data-folder.ts', 'locales', 'log.ts', 'states.ts', 'wechat/account.ts'],
  ],

  standin: ['node:*', 'zod', '@peculiar/x509', 'reflect-metadata'],
  playground: [
    ...[...base, 'core/engine', 'features', 'config', 'standin', 'locales', 'clock.ts', 'claim-code.ts', 'start.ts'],
    ...['node:*', 'zod', 'yaml', 'image-size'],
  ],

  'rehearsal.ts': [...base, 'core/engine', 'adfilter', 'features/moderation/settings.ts', 'messages'],
  'meaning.ts': ['core/types', 'core/feature', 'ai/embeddings.ts', 'features/faq', 'search'],
  'recalibration.ts': ['core/types', 'core/feature', 'features/faq', 'messages'],
  messages: ['core/types', 'core/lib', 'data-folder.ts', 'node:*', 'zod'],

  'community.ts': ['core/types', 'core/engine', 'log.ts', 'people', 'store', 'wechat/account.ts'],
  'bot.ts': [
    ...[
      ...base,
      'core/engine',
      'alarm',
      'community.ts',
      'data-folder.ts',
      'operations.ts',
      'states.ts',
      'locales',
      'log.ts',
      'outbox',
      'people',
      'store/store.ts',
    ],
    ...[
      'ai/model.ts',
      'ai/embeddings.ts',
      'meaning.ts',
      'messages',
      'recalibration.ts',
      'rehearsal.ts',
      'wechat/account.ts',
      'wechat/qr-reader.ts',
    ],
  ],
  'main.ts': [
    ...[
      ...base,
      'core/engine',
      'features',
      'bot.ts',
      'clock.ts',
      'claim-code.ts',
      'alarm',
      'data-folder.ts',
      'health.ts',
      'starts.ts',
      'log.ts',
      'schedule.ts',
      'ai',
      'config',
    ],
    ...['locales', 'store', 'wechat/open.ts', 'node:*'],
  ],
  'start.ts': ['main.ts', 'clock.ts', 'log.ts', 'parent.ts', 'store'],
  'parent.ts': ['node:*'],
  'claim-code.ts': ['data-folder.ts', 'node:*'],
  upkeep: ['core/engine', 'config', 'features', 'store', 'node:*', 'zod'],
  'cli.ts': ['start.ts', 'config', 'features', 'playground', 'upkeep', 'store/store.ts', 'node:*', 'commander'],
}

/** What speaks about all features together is for those alone whose matter that is. */
const house = 'core/feature/house.ts'
const houseFor = [
  'core',
  'features/admin',
  'features/activities.ts',
  'features/measures',
  'features/menu.ts',
  'features/passphrase.ts',
  'features/welcome',
]

const within = (path, place) => path === place || path.startsWith(`${place}/`)
/** @returns the room of a file, by its path inside `src/`; undefined when no line above names it */
const roomOf = (path) =>
  Object.keys(walls)
    .filter((room) => within(path, room))
    .sort((a, b) => b.length - a.length)[0]
/** A feature is its own file, or all files of its own folder. */
const featureOf = (path) => /^features\/([^/.]+)/.exec(path)?.[1]
const isPackageAllowed = (name, allowed) =>
  allowed.some((one) => within(name, one) || (one === 'node:*' && name.startsWith('node:')))

/** @returns why a file may not import that; undefined when it may */
function trouble(file, source) {
  const room = roomOf(file)
  if (room === undefined) return `src/${file} is in no room: say in eslint.walls.js what it may import.`
  const allowed = walls[room]
  const cure = `Move what both need into a room below, or, if the wall is wrong, change it in eslint.walls.js and src/README.md.`
  if (!source.startsWith('.'))
    return isPackageAllowed(source, allowed) ? undefined : `src/${room} may not import the package ${source}. ${cure}`
  const target = relative(src, resolve(src, dirname(file), source))
  if (target.startsWith('..')) return `src/ imports nothing from outside it. ${cure}`
  if (target === house && !houseFor.some((place) => within(file, place)))
    return `Only the features that speak about the others take the house: see what the context gives, or add to it.`
  if (room === 'features' && featureOf(target) !== undefined)
    return featureOf(target) === featureOf(file)
      ? undefined
      : `A feature may not import another feature (${target}): what both need belongs into core/ or a room of its own.`
  if (roomOf(target) === room || allowed.some((place) => within(target, place))) return undefined
  return `src/${room} may not import src/${target}. ${cure}`
}

/** The lint rule `quanzi/walls`. */
export const wallsRule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(src, context.filename).replaceAll('\\', '/')
    const look = ({ source }) => {
      if (typeof source?.value !== 'string') return
      const message = trouble(file, source.value)
      if (message !== undefined) context.report({ node: source, message })
    }
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
      TSImportType: ({ source, argument }) => look({ source: source ?? argument?.literal }),
    }
  },
}
