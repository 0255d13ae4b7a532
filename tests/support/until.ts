import { setTimeout as pause } from 'node:timers/promises'

/** How often a condition is looked at; short, because it decides how long tests take. */
const LOOK_EVERY_MS = 50
/** Far beyond what a busy machine needs, so that only a real fault runs into it. */
const PATIENCE_MS = 30_000

/** Waits until `look` gives something other than null and returns it; says what it waited for when it gives up. */
export async function until<Found>(
  look: () => Promise<Found | null> | Found | null,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<Found> {
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (performance.now() > giveUpAt) throw new Error(`waited in vain for ${what}`)
    await pause(LOOK_EVERY_MS)
  }
}
