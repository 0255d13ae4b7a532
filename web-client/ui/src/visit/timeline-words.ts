import { LIGHTS, PREFLIGHT_PROBLEMS } from '@visavis/contract/preflight-rules'
import type { TimelineKind } from '@visavis/contract/timeline'
import type { TFunction } from 'i18next'

/** What a note of a visit's timeline tells; `detail` holds codes and figures. */
export type TimelineWordsOf = {
  readonly kind: TimelineKind
  readonly detail: Readonly<Record<string, string | number | boolean | null>>
}

/** A note in words, the most general first: what it is, and of a test its light and its worst problem. */
export function timelineWords(t: TFunction, { kind, detail }: TimelineWordsOf): string[] {
  const what = t(`timeline.kind.${kind}`)
  if (kind !== 'PREFLIGHT') return [what]
  // A code that this page does not know yet stays out: a newer server has its own words for it.
  const light = LIGHTS.find((each) => each === detail['light'])
  const problem = PREFLIGHT_PROBLEMS.find((each) => each === detail['code'])
  return [
    what,
    ...(light ? [t(`preflight.lightShort.${light}`)] : []),
    ...(problem ? [t(`preflight.problem.${problem}.what`)] : []),
  ]
}
