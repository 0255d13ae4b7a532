import { useCallback, useState } from 'react'

/** Raise it when the shape of any kept answers changes: older ones are then forgotten. */
const SHAPE = 1

/** Answers that live until they are sent: kept for one person in one tab, through a reload. */
export type Draft<Answers> = readonly [
  answers: Answers,
  change: (next: (before: Answers) => Answers) => void,
  clear: () => void,
]

/** How the name of all kept answers begins, of any shape. */
export const DRAFT_KEYS = 'visavis.draft.'

/** The name under which answers are kept. Two people at one device never see each other's. */
export function draftKey(name: string, owner: string): string {
  return `${DRAFT_KEYS}${[SHAPE, name, owner].join('.')}`
}

/** What was kept, over `empty`; whatever cannot be read counts as nothing. */
export function parseDraft<Answers extends object>(text: string | null, empty: Answers): Answers {
  if (text === null) return empty
  try {
    const kept: unknown = JSON.parse(text)
    const isRecord = typeof kept === 'object' && kept !== null && !Array.isArray(kept)
    return isRecord ? { ...empty, ...kept } : empty
  } catch {
    return empty
  }
}

/**
 * Answers of a journey, kept in this tab's own store, so that a reload loses nothing and two tabs do
 * not mix. `owner` is the account, or `public` before there is one; `empty` must be a constant.
 */
export function useDraft<Answers extends object>(
  name: string,
  owner: string,
  empty: Answers,
): Draft<Answers> {
  const key = draftKey(name, owner)
  const [answers, setAnswers] = useState(() => parseDraft(read(key), empty))
  const change = useCallback(
    (next: (before: Answers) => Answers) =>
      setAnswers((before) => {
        const after = next(before)
        write(key, JSON.stringify(after))
        return after
      }),
    [key],
  )
  const clear = useCallback(() => {
    write(key, null)
    setAnswers(empty)
  }, [key, empty])
  return [answers, change, clear]
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

/** Private browsing may refuse the store: the answers then hold until the page is left. */
function write(key: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text)
  } catch {
    // Nothing is kept.
  }
}
