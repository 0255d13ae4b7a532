import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gather, letIn, openCast } from '../support/cast.ts'
import type { Cast } from '../support/cast.ts'
import { createCleanUp } from '../support/clean-up.ts'
import { openDemo } from '../support/demo.ts'
import type { Demo } from '../support/demo.ts'
import { PLAIN_FACE } from '../support/drawn-face.ts'
import { drawnPerson } from '../support/drawn-picture.ts'
import { KNOWN_INMATE } from '../support/known-media.ts'
import { startStack } from '../support/stack.ts'
import type { Stack } from '../support/stack.ts'
import { until } from '../support/until.ts'
import { PATIENCE_MS } from './pages/page-object.ts'
import { focusVisit, tileOf } from './pages/wall-page.ts'

/** The engine's first look, and as many as it takes to be sure, with three browsers on two cores. */
const LOOKS_MS = 180_000
/** Both of them, and pages that wait for them. */
const WHOLE_MS = 300_000
/** As many as make advice of a finding. */
const LOOKS = 3
const WORDS = 'We cannot see your face'

const cleanUp = createCleanUp()
let stack: Stack
let demo: Demo
let cast: Cast
beforeAll(async () => {
  stack = cleanUp.later(await startStack(), (each) => each.stop())
  demo = cleanUp.later(await openDemo(stack), ({ close }) => close())
  await lookForFaces(demo)
  const scene = { faces: [PLAIN_FACE], background: 'wall', light: 1, poster: null } as const
  // The visitor's camera shows a plain colour.
  const inmate = await drawnPerson(KNOWN_INMATE, 'drawn-inmate', scene)
  cast = cleanUp.later(await openCast({ inmate }), ({ close }) => close())
  await gather({ stack, demo, cast })
  await letIn({ demo, cast })
})
afterAll(cleanUp.run)

/** The facility has its detectors of faces on. */
async function lookForFaces({ db, visit: { facilityId } }: Demo): Promise<void> {
  const where = { facilityId }
  const { policy } = await db.facility.findUniqueOrThrow({ where })
  const detectors = { face: true, dark: true, silent: true }
  await db.facility.update({ where, data: { policy: { ...(policy as object), detectors } } })
}

/** How often this page has looked at its own camera's picture. */
const looksOf = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const [mark] = performance.getEntriesByName('visavis:faceLook') as PerformanceMark[]
    return (mark?.detail as { looks: number } | undefined)?.looks ?? 0
  })

describe('[LV-11] detectors on the own device', () => {
  it(
    'tell the person and the officer that there is no face, and say nothing of one that is there',
    async () => {
      const { visitor, terminal, officer } = cast
      await visitor.getByText(WORDS).waitFor({ timeout: LOOKS_MS })
      const tile = officer.locator(tileOf(demo.visit.visitId))
      await tile
        .getByText(/Perhaps: nobody in the picture, \d+\s?%/)
        .waitFor({ timeout: PATIENCE_MS })
      await until(async () => ((await looksOf(terminal)) >= LOOKS ? true : null), 'looks', LOOKS_MS)
      expect(await terminal.getByText(WORDS).count()).toBe(0)
      await focusVisit(officer, demo.visit.visitId)
      await officer.getByRole('button', { name: 'False alarm' }).click()
      await officer.getByText('Judged a false alarm.').waitFor({ timeout: PATIENCE_MS })
      expect(await officer.getByText('Detectors advise').count()).toBe(1)
      expect(await demo.db.advice.findMany()).toMatchObject([
        { kind: 'NO_FACE', judgement: 'FALSE' },
      ])
      await visitor.getByRole('button', { name: 'Do not show' }).click()
      expect(await visitor.getByText(WORDS).count()).toBe(0)
      expect(cast.faults()).toEqual([])
    },
    WHOLE_MS,
  )
})
