/** How often the clock is looked at, and how much later than that means that the machine slept. */
const BEAT_MS = 1_000
const SLEPT_MS = 5_000

type NetworkInformation = EventTarget

/** Where the browser tells of the network and of the page's life; the globals unless a test says otherwise. */
export type WakeSources = {
  readonly page: EventTarget
  readonly document: EventTarget & { readonly visibilityState: DocumentVisibilityState }
  /** Chrome only. */
  readonly connection: NetworkInformation | null
  /** Milliseconds of the day: a clock that goes on while the machine sleeps. */
  readonly nowMs: () => number
}

/**
 * Calls `onWake` whenever what was true of the network may be so no longer: it came back or is another
 * one, the page is looked at again, the machine slept. Gives back the way to stop.
 */
export function watchForWakes(onWake: () => void, sources = browserSources()): () => void {
  const { page, document, connection, nowMs } = sources
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') onWake()
  }
  let lastMs = nowMs()
  const timer = setInterval(() => {
    const beforeMs = lastMs
    lastMs = nowMs()
    if (hasSlept(beforeMs, lastMs)) onWake()
  }, BEAT_MS)
  page.addEventListener('online', onWake)
  // A page that comes back from the browser's back-and-forth cache has lost its sockets.
  page.addEventListener('pageshow', onWake)
  connection?.addEventListener('change', onWake)
  document.addEventListener('visibilitychange', onVisibility)
  return () => {
    clearInterval(timer)
    page.removeEventListener('online', onWake)
    page.removeEventListener('pageshow', onWake)
    connection?.removeEventListener('change', onWake)
    document.removeEventListener('visibilitychange', onVisibility)
  }
}

/** Whether a beat came so late that nothing ran in between. A clock that was set back is no sleep. */
export function hasSlept(beforeMs: number, nowMs: number): boolean {
  return nowMs - beforeMs > BEAT_MS + SLEPT_MS
}

function browserSources(): WakeSources {
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation }
  return {
    page: globalThis.window,
    document: globalThis.document,
    connection: connection ?? null,
    nowMs: () => Date.now(),
  }
}
