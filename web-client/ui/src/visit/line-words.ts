import type { HeldKind } from '@visavis/contract/quality-ladder'
import type { LinkLevel } from '@visavis/contract/quality-score'
import type { LinesView } from '@visavis/contract/visit'
import type { JoinedState } from './visit-view.ts'

/** Bars that are filled, of three. */
export const BARS: Readonly<Record<LinkLevel, number>> = { GOOD: 3, WEAK: 2, POOR: 1, LOST: 0 }

/** One's own level: what this page knows by itself goes before what it was told. */
export function ownLevelOf({ link, media, snapshot }: JoinedState): LinkLevel | null {
  const isLost = link === 'reconnecting' || media === 'reconnecting'
  return isLost ? 'LOST' : snapshot.lines.connection
}

/** The others' connections that there is something to say of; who shares a camera shares its line. */
export function otherLevelsOf({
  lines,
  others,
}: JoinedState['snapshot']): readonly { seatId: string; name: string; level: LinkLevel }[] {
  return others.flatMap(({ seatId, displayName, cameraSeatId }) => {
    const level = lines.others.find((line) => line.seatId === seatId)?.connection ?? null
    return level === null || cameraSeatId !== null ? [] : [{ seatId, name: displayName, level }]
  })
}

const BYTES_IN_MEGABYTE = 1_000_000

/** Megabytes as a bill counts them, with one digit below ten. */
export function megabytes(bytes: number, language: string): string {
  const amount = bytes / BYTES_IN_MEGABYTE
  const maximumFractionDigits = amount < 10 ? 1 : 0
  return new Intl.NumberFormat(language, { maximumFractionDigits }).format(amount)
}

/** What of a person is held back just now, as their line's view says. */
export function heldOf({ others }: LinesView, seatId: string): HeldKind | null {
  return others.find((line) => line.seatId === seatId)?.held ?? null
}
