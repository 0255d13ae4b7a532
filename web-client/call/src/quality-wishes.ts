import type { QualityWishes } from '@visavis/contract/quality'
import { createStore } from './store.ts'
import type { Store } from './types.ts'

/** What a person chose for the quality of their visits; kept by the browser, where it may. */
export type QualityWishStore = Store<QualityWishes> & {
  readonly change: (part: Partial<QualityWishes>) => void
}

type Keep = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'vv.quality'
const NOTHING: QualityWishes = { isDataSaver: false, keepsPicture: false }

/** The choices kept there, or none. A terminal, which is everybody's, keeps them nowhere. */
export function createQualityWishes(keep: Keep | null): QualityWishStore {
  const store = createStore<QualityWishes>(keptIn(keep))
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    change(part) {
      const next = { ...store.getState(), ...part }
      store.setState(next)
      try {
        keep?.setItem(KEY, JSON.stringify(next))
      } catch {
        // A browser that keeps nothing asks again at the next visit.
      }
    },
  }
}

function keptIn(keep: Keep | null): QualityWishes {
  try {
    const kept = JSON.parse(keep?.getItem(KEY) ?? '{}') as Partial<QualityWishes> | null
    return { isDataSaver: kept?.isDataSaver === true, keepsPicture: kept?.keepsPicture === true }
  } catch {
    return NOTHING
  }
}
