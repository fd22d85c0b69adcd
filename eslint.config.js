// Lint rules: strict TypeScript, and the walls between the rooms of the house.
import tseslint from 'typescript-eslint'

/** Who alone may import what. */
const owned = [
  { names: ['wechaty', 'wechaty-puppet', 'wechaty-puppet-wechat4u', 'wechat4u', 'file-box'], room: 'src/wechat' },
  { names: ['lowdb'], room: 'src/store' },
  { names: ['openai'], room: 'src/ai' },
  { names: ['node-cron'], room: 'src/schedule' },
]
const forbidden = (room) =>
  owned
    .filter((one) => one.room !== room)
    .flatMap(({ names, room: owner }) =>
      names.map((name) => ({ regex: `^${name}(/|$)`, message: `Only ${owner} knows ${name}.` })),
    )
const walls = (room, files, more = []) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [...forbidden(room), ...more] }] },
})

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'config/'] },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  { files: ['src/**'], rules: { 'max-lines': ['error', 400] } },
  walls('', ['src/**/*.ts']),
  walls('src/wechat', ['src/wechat/**']),
  walls('src/store', ['src/store/**']),
  walls('src/ai', ['src/ai/**']),
  walls('src/schedule', ['src/schedule.ts']),
  {
    ...walls(
      '',
      ['src/core/**'],
      [
        { regex: '^node:(?!crypto|util)', message: 'The core does no I/O.' },
        { regex: '^\\.\\./(?!locales/)', message: 'The core knows no other room.' },
      ],
    ),
  },
  {
    ...walls(
      '',
      ['src/features/**'],
      [
        { regex: '^node:', message: 'Features do no I/O.' },
        { regex: '^(\\.\\./)+(wechat|store|ai|config|standin|playground)/', message: 'Features know the core only.' },
      ],
    ),
  },
  {
    files: ['src/features/**', 'src/core/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'process',
        'fetch',
        'console',
        'performance',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take chance from the context: cx.random.' },
        { object: 'Date', property: 'now', message: 'Take the time from the context: cx.now.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: ':function[async=true]', message: 'Handlers are synchronous and return effects.' },
        { selector: 'AwaitExpression', message: 'Handlers are synchronous and return effects.' },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the time from the context: cx.now.',
        },
      ],
    },
  },
  {
    // Programs talk to their user.
    files: ['src/cli.ts', 'src/start.ts', 'src/playground/**', 'scripts/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
)
