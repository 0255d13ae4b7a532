import { createQualityWishes } from '@visavis/call'

/** What the person at this browser chose; it outlives the page. */
export const ownWishes = createQualityWishes(storage())

/** A browser that forbids it keeps nothing. */
function storage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}
