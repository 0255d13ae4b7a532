import type { SeatCallState } from '@visavis/call'

type Own = Extract<SeatCallState, { phase: 'joined' }>['own']

/** A trouble of one's own devices that has words; what one switched off oneself is none. */
export type OwnTrouble = {
  readonly device: 'camera' | 'microphone'
  readonly state: 'ENDED' | 'INTERRUPTED' | 'DARK' | 'SILENT'
}

/** The trouble to speak of, the voice first: to be heard matters more than to be seen (LV-9). */
export function ownTroubleOf({ camera, microphone }: Own): OwnTrouble | null {
  if (isTrouble(microphone)) return { device: 'microphone', state: microphone }
  return isTrouble(camera) ? { device: 'camera', state: camera } : null
}

const TROUBLES: ReadonlySet<Own['camera']> = new Set(['ENDED', 'INTERRUPTED', 'DARK', 'SILENT'])

function isTrouble(state: Own['camera']): state is OwnTrouble['state'] {
  return TROUBLES.has(state)
}
