// Lint rules: strict TypeScript, and the walls between the rooms of the house.
import tseslint from 'typescript-eslint'
import { wallsRule } from './eslint.walls.js'

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
  { files: ['src/**/*.ts'], plugins: { quanzi: { rules: { walls: wallsRule } } }, rules: { 'quanzi/walls': 'error' } },
  {
    files: ['src/features/**', 'src/activities/**', 'src/adfilter/**', 'src/search/**', 'src/core/**'],
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
