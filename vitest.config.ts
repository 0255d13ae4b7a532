import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** A browser or a worker that hangs must not hang the run. */
const SLOW_TEST_MS = 120_000

const CORES = availableParallelism()
/** By itself vitest keeps a core for its main thread, which idles while files run. */
const EACH_CORE = Math.min(CORES, 4)
/** Half of their time they wait for a database, a socket or a recorder. */
const ONE_MORE = Math.min(CORES + 1, 5)

/** Most of such a file's time goes into loading the modules: a process that stays loads them once. */
const together = (order: number, maxWorkers: number) => ({
  maxWorkers,
  isolate: false,
  sequence: { groupOrder: order },
})

/** Media in real time: most of it is waiting. */
const inPairs = (order: number) => ({ maxWorkers: 2, sequence: { groupOrder: order } })

/** Visits between browsers, crashes, and figures that load would spoil. */
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

/** Files of which two go on at a time; what is not named has the machine for itself, as a new file does. */
const MEDIA_IN_PAIRS = [
  'derive*',
  'media-node-{census,flows,interventions,rooms,tap}',
  'recorder',
  'recorder-{crash,damage,permission,s3,secrecy}',
  'waveform',
].map((name) => `tests/media/${name}.test.ts`)

/** Pages without a visit between browsers. */
const PAGES_IN_PAIRS = [
  'attendance',
  'audit-log',
  'booking',
  'certificate',
  'kiosk-policy',
  'office',
  'pages',
  'privacy',
  'retention',
  'security*',
  'terminal-desk',
  'terminal-key',
].map((name) => `tests/e2e/${name}.test.ts`)

type Pace = { readonly exclude?: string[] } & Record<string, unknown>

const project = (name: string, include: string[], { exclude = [], ...pace }: Pace) => ({
  extends: true as const,
  test: {
    ...{ name, include, environment: 'node' as const, ...pace },
    exclude: ['**/node_modules/**', '**/dist/**', 'recordings/data/**', ...LEFT_OUT, ...exclude],
  },
})

export default defineConfig({
  test: {
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
        together(1, EACH_CORE),
      ),
      project('integration', ['tests/integration/**/*.test.ts'], {
        ...together(2, ONE_MORE),
        ...SLOW,
      }),
      project('fuzz', ['tests/fuzz/**/*.test.ts'], { ...alone(3), ...SLOW }),
      // `--project media` and `--project e2e` run both halves (scripts/test.mjs).
      project('media-in-pairs', MEDIA_IN_PAIRS, { ...inPairs(4), ...SLOW }),
      project('media', ['tests/media/**/*.test.ts'], {
        ...{ ...alone(5), ...SLOW },
        exclude: MEDIA_IN_PAIRS,
      }),
      project('e2e-in-pairs', PAGES_IN_PAIRS, { ...together(6, 2), ...SLOW }),
      project('e2e', ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'], {
        ...{ ...alone(7), ...SLOW },
        exclude: PAGES_IN_PAIRS,
      }),
    ],
  },
})
