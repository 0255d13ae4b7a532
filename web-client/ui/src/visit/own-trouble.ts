import type { SeatCallState } from '@visavis/call'

type Own = Extract<SeatCallState, { phase: 'joined' }>['own']

/** A trouble of one's own devices that has words; what one switched off oneself is none. */
export type OwnTrouble = {
  readonly device: 'camera' | 'microphone'
  readonly state: 'ENDED' | 'INTERRUPTED' | 'DARK' | 'SILENT'
}

/** The trouble to speak of, the voice first: to be heard matters more than to be seen (LV-9). */
export function ownTroubleOf({
  camera,
  microphone,
}: Pick<Own, 'camera' | 'microphone'>): OwnTrouble | null {
  if (isTrouble(microphone)) return { device: 'microphone', state: microphone }
  return isTrouble(camera) ? { device: 'camera', state: camera } : null
}

/** What is found in one's own picture, if it is all there is to say: a device's trouble goes before it (LV-11). */
export function ownAdviceOf(own: Own): NonNullable<Own['face']>['finding'] | null {
  return ownTroubleOf(own) === null && own.camera === 'ON' ? (own.face?.finding ?? null) : null
}

const TROUBLES: ReadonlySet<Own['camera']> = new Set(['ENDED', 'INTERRUPTED', 'DARK', 'SILENT'])

function isTrouble(state: Own['camera']): state is OwnTrouble['state'] {
  return TROUBLES.has(state)
}
