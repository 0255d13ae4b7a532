import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** A browser or a worker that hangs must not hang the run. */
const SLOW_TEST_MS = 120_000

/** A file for each core: by itself vitest keeps one for its main thread, which idles while files run. */
const SIDE_BY_SIDE = Math.min(availableParallelism(), 4)

/** Most of such a file's time went into loading the modules: a process that stays loads them once. */
const together = (order: number) => ({
  maxWorkers: SIDE_BY_SIDE,
  isolate: false,
  sequence: { groupOrder: order },
})

/** Media in real time, browsers, crashes: each has the machine, and a process, for itself. */
const alone = (order: number) => ({ maxWorkers: 1, sequence: { groupOrder: order } })

const SLOW = { testTimeout: SLOW_TEST_MS, hookTimeout: SLOW_TEST_MS }

/** Journeys of minutes whose rules quicker tests prove as well; `LONG=1` runs them with the rest. */
const LONG_JOURNEYS = [
  'tests/e2e/advice.test.ts',
  'tests/e2e/armour.test.ts',
  'tests/e2e/attendance.test.ts',
  'tests/e2e/coverage.test.ts',
  'tests/e2e/invisible-officer.test.ts',
  'tests/e2e/retention.test.ts',
  'tests/e2e/review.test.ts',
  'tests/e2e/security-step-up.test.ts',
  'tests/e2e/unrecorded.test.ts',
  'tests/e2e/wall.test.ts',
  'tests/media/officer-pictures.test.ts',
]
const LEFT_OUT = process.env['LONG'] === '1' ? [] : LONG_JOURNEYS

const project = (name: string, include: string[], pace: object) => ({
  extends: true as const,
  test: { name, include, environment: 'node' as const, ...pace },
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
        together(1),
      ),
      project('integration', ['tests/integration/**/*.test.ts'], { ...together(2), ...SLOW }),
      project('media', ['tests/media/**/*.test.ts'], {
        ...alone(3),
        ...SLOW,
        exclude: ['**/node_modules/**', ...LEFT_OUT],
      }),
      project('e2e', ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'], {
        ...alone(4),
        ...SLOW,
        exclude: ['**/node_modules/**', ...LEFT_OUT],
      }),
    ],
  },
})
