// The short tests: everything under test/ but *.long.test.ts.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.long.test.ts'],
    pool: 'threads',
    isolate: false,
    // Half of the time goes by waiting for processes that tests have started.
    maxWorkers: 2,
    testTimeout: 30_000,
    reporters: ['default', './test/support/count-reporter.ts'],
  },
})
