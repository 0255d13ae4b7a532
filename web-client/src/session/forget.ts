import { DRAFT_KEYS } from '../forms/draft.ts'

type Keep = Pick<Storage, 'length' | 'key' | 'removeItem'>

/** Removes what was typed and not sent from this tab's store; how the pages look is nobody's secret and stays. */
export function forgetDrafts(store: () => Keep = () => sessionStorage): void {
  try {
    const kept = store()
    const keys = Array.from({ length: kept.length }, (_, at) => kept.key(at) ?? '')
    for (const key of keys.filter((each) => each.startsWith(DRAFT_KEYS))) kept.removeItem(key)
  } catch {
    // Private browsing may refuse the store: then nothing is in it.
  }
}
