import type { WallVisit } from '@visavis/contract/visit'
import { openAdvice, useAdviceWords } from './advice-words.ts'

/** What detectors advise of a visit, the surest of it, in a quiet line of its tile (LV-11). */
export function TileAdvice({ visit }: { visit: WallVisit }) {
  const wordsOf = useAdviceWords()
  const [surest] = openAdvice(visit)
  if (!surest) return null
  return <span className="vv-small">{wordsOf(surest)}</span>
}
