import type { SeatCall } from '@visavis/call'
import { useEffect, useRef, useState } from 'react'
import { speakerOf } from './layout-rules.ts'
import type { Energies } from './layout-rules.ts'

/** The seat of whoever of these speaks, or spoke last; null: nobody yet. */
export function useSpeaker(
  call: Pick<SeatCall, 'onSample'>,
  people: ReadonlySet<string>,
): string | null {
  const heeded = useRef(people)
  useEffect(() => {
    heeded.current = people
  }, [people])
  const [speaker, setSpeaker] = useState<string | null>(null)
  useEffect(() => {
    let before: Energies = new Map()
    return call.onSample(({ receive }) => {
      const now = new Map(
        receive.tracks
          .filter(({ kind, seatId }) => kind === 'audio' && heeded.current.has(seatId))
          .map(({ seatId, soundEnergy = 0 }) => [seatId, soundEnergy] as const),
      )
      const heard = before
      before = now
      setSpeaker((last) => speakerOf(heard, now, last))
    })
  }, [call])
  return speaker
}
