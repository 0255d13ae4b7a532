import type { Page } from 'playwright-core'

/** Milliseconds from the click to each step, by the clock of the page. */
export type JoinTimes = {
  /** The server has taken the seat. */
  readonly joinedMs: number
  /** The SFU has offered the first track of the other side, and our end of it stands. */
  readonly consumerMs: number
  /** ICE and DTLS of the receiving transport. */
  readonly iceMs: number
  readonly dtlsMs: number
  /** The first picture of the other side is decoded and on its way to the screen. */
  readonly firstFrameMs: number
}

/** The engine's own marks (`CallTimings`) in the browser's performance timeline. */
const STEPS = {
  joinedMs: 'visavis:joinedMs',
  consumerMs: 'visavis:firstConsumerMs',
  iceMs: 'visavis:receiveIceMs',
  dtlsMs: 'visavis:receiveDtlsMs',
  firstFrameMs: 'visavis:firstFrameMs',
} as const satisfies Record<keyof JoinTimes, string>

/**
 * Opens the check of the devices anew (the connections of the page before it end with it), waits until
 * the visitor sees themselves, goes in by the link as a person would, and waits for the other's picture.
 */
export async function joinOnce(
  page: Page,
  { origin, visitId }: { origin: string; visitId: string },
): Promise<JoinTimes> {
  await page.goto(`${origin}/visits/${visitId}/check`)
  await page.waitForFunction(() => {
    const own = document.querySelector('video')
    return own !== null && own.videoWidth > 0
  })
  await page.evaluate(noteClick)
  await page.locator(`a[href="/visits/${visitId}"]`).click()
  await page.waitForFunction(
    (names) => names.every((name) => performance.getEntriesByName(name).length > 0),
    Object.values(STEPS),
    { polling: 100 },
  )
  return page.evaluate(readTimes<keyof JoinTimes>, STEPS)
}

/** Runs in the page. The moment of the click itself, not the one at which a handler got to it. */
function noteClick(): void {
  const note = ({ timeStamp }: Event) => performance.mark('bench:click', { startTime: timeStamp })
  addEventListener('click', note, { capture: true, once: true })
}

/** Runs in the page. */
function readTimes<Step extends string>(steps: Readonly<Record<Step, string>>) {
  const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
  const clickedMs = at('bench:click')
  const times = Object.entries<string>(steps).map(([step, name]) => [step, at(name) - clickedMs])
  return Object.fromEntries(times) as Record<Step, number>
}
