import type { CallInput } from '../../../api/api.ts'
import { textOf } from '../../../forms/form-text.ts'
import { readLocal } from '../parts/office-time.ts'

export type BlackoutInput = CallInput<'previewBlackout'>['body']

export const PLACE_ID = 'blackout-place'
export const STARTS_ID = 'blackout-starts'
export const ENDS_ID = 'blackout-ends'
export const REASON_ID = 'blackout-reason'

/** Reads the form of a closure, times by the facility's clock; a time that is missing is empty. */
export function readBlackout(form: FormData, timeZone: string): BlackoutInput {
  const timeOf = (name: string) => readLocal(textOf(form, name), timeZone) ?? ''
  return {
    ...placeOf(textOf(form, 'place')),
    startsAt: timeOf('startsAt'),
    endsAt: timeOf('endsAt'),
    reason: textOf(form, 'reason').trim(),
  }
}

/** `WING A 1` and `TERMINAL …` name the place after the first space. */
function placeOf(place: string): Pick<BlackoutInput, 'scope' | 'wing' | 'terminalId'> {
  const name = place.slice(place.indexOf(' ') + 1)
  if (place.startsWith('WING ')) return { scope: 'WING', wing: name }
  if (place.startsWith('TERMINAL ')) return { scope: 'TERMINAL', terminalId: name }
  return { scope: 'FACILITY' }
}
