import type { SeatRole } from '@visavis/contract/visit'

/** A picture of the call, with who is in it. */
export type PictureSeat = { readonly seatId: string; readonly role: SeatRole }

/** Which pictures are large, in this order, and which are small beside them. */
export type PictureLayout = { readonly large: readonly string[]; readonly small: readonly string[] }

/** Sound energy of each seat since its track began, as the browser counts it. */
export type Energies = ReadonlyMap<string, number>

/** Louder than a quiet room over a second (a tone of full scale has 1); who is below does not speak. */
const LEAST_ENERGY = 1e-4

/**
 * With sign language, the interpreter and whoever speaks stay large, so that neither hands nor face are
 * lost among many (LV-9); without it everybody has the same room. Pure.
 */
export function layoutOf(
  pictures: readonly PictureSeat[],
  { isSigning, speakerSeatId }: { isSigning: boolean; speakerSeatId: string | null },
): PictureLayout {
  const all = pictures.map(({ seatId }) => seatId)
  const interpreters = pictures.filter(({ role }) => role === 'INTERPRETER')
  if (!isSigning || interpreters.length === 0) return { large: all, small: [] }
  const people = pictures.filter(({ role }) => role === 'PERSON')
  const speaker = people.find(({ seatId }) => seatId === speakerSeatId) ?? people[0]
  const large = [...(speaker ? [speaker] : []), ...interpreters].map(({ seatId }) => seatId)
  return { large, small: all.filter((seatId) => !large.includes(seatId)) }
}

/**
 * Who speaks, from what was heard since the sample before: the loudest, and in silence whoever spoke last,
 * so that pictures do not jump at every breath. Pure.
 */
export function speakerOf(before: Energies, now: Energies, last: string | null): string | null {
  let loudest: { seatId: string; energy: number } | null = null
  for (const [seatId, total] of now) {
    // A track that is new, or began anew, says nothing yet.
    const energy = total - (before.get(seatId) ?? total)
    if (energy >= LEAST_ENERGY && energy > (loudest?.energy ?? 0)) loudest = { seatId, energy }
  }
  return loudest?.seatId ?? last
}
