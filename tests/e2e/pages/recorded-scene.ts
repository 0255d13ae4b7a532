import type { Cast } from '../../support/cast.ts'
import type { Demo } from '../../support/demo.ts'
import { until } from '../../support/until.ts'
import { timeLeftMs } from './call-page.ts'
import { focusVisit, leaveFocus } from './wall-page.ts'

type Scene = { readonly demo: Demo; readonly cast: Cast }

/** Waits until the visit's clock has run for a time, in ms. */
export async function talk({ visitor }: Cast, lengthMs: number): Promise<void> {
  const fromMs = await timeLeftMs(visitor)
  await until(
    async () => (fromMs - (await timeLeftMs(visitor)) > lengthMs ? true : null),
    'some talk',
  )
}

/** The officer flags the present moment of the visit and looks away. */
export async function flagMoment(
  { demo, cast: { officer } }: Scene,
  { category, note }: { readonly category: string; readonly note: string },
): Promise<void> {
  await focusVisit(officer, demo.visit.visitId)
  await officer.getByRole('button', { name: /Flag this moment/ }).click()
  await officer.getByLabel('What it is about').selectOption(category)
  await officer.getByLabel('Note').fill(note)
  await officer.getByRole('button', { name: 'Flag', exact: true }).click()
  await officer.getByText(note).waitFor()
  await leaveFocus(officer)
}

/** The visit's recordings, as soon as there are so many. */
export async function recordingsOf({ db, visit: { visitId } }: Demo, least: number) {
  return until(async () => {
    const rows = await db.recording.findMany({ where: { visitId }, include: { tracks: true } })
    return rows.length >= least ? rows : null
  }, `${least} recordings`)
}

/** Waits until everything that was recorded of the visit is made. */
export async function untilFinished(demo: Demo): Promise<void> {
  await until(async () => {
    const rows = await recordingsOf(demo, 1)
    return rows.every(({ state }) => state === 'FINISHED') ? true : null
  }, 'the recordings to be finished')
}
