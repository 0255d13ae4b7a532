import { defineConfig } from 'vitest/config'

/** A browser or a worker that hangs must not hang the run. */
const SLOW_TEST_MS = 120_000

const project = (name: string, include: string[], slow: boolean) => ({
  extends: true as const,
  test: {
    name,
    include,
    environment: 'node' as const,
    ...(slow
      ? { testTimeout: SLOW_TEST_MS, hookTimeout: SLOW_TEST_MS, fileParallelism: false }
      : {}),
  },
})

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/dist/**', 'recordings/data/**'],
    retry: 0,
    projects: [
      project(
        'unit',
        [
          'server/**/*.test.ts',
          'recordings/**/*.test.ts',
          'prisma/**/*.test.ts',
          'web-client/**/*.test.{ts,tsx}',
          'kiosk-client/**/*.test.{ts,tsx}',
          'scripts/**/*.test.mjs',
          'tests/support/**/*.test.ts',
        ],
        false,
      ),
      project('integration', ['tests/integration/**/*.test.ts'], true),
      project('media', ['tests/media/**/*.test.ts'], true),
      project('e2e', ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'], true),
    ],
  },
})
