// The short tests: everything under test/ but *.long.test.ts.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.long.test.ts'],
    pool: 'threads',
    isolate: false,
    // More than cores, as much of the time is spent waiting for processes that tests have started.
    maxWorkers: 3,
    // A guard against tests that hang, not a limit of speed: machines may be slow and shared.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    teardownTimeout: 120_000,
    reporters: ['default', './test/support/count-reporter.ts'],
  },
})
