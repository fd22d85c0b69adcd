// The long tests: crash storms, simulated years, thousands of draws. Two files at a time, as they start real processes.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.long.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60 * 60_000,
    hookTimeout: 60 * 60_000,
    reporters: ['default', './test/support/count-reporter.ts'],
  },
})
