import type { ResultTrack } from '@visavis/contract/recording-result'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { readResult } from '../recordings/index.ts'

/** What the recorder told of each track beside its sound or picture, by track id. */
export type ResultParts = ReadonlyMap<string, Pick<ResultTrack, 'thumbnails' | 'waveform'>>

type Which = {
  readonly visitId: string
  readonly recordingId: string
  readonly resultSha256: string | null
}

/** Reads them from a recording's `result.json`; a Fault if it is not there or not the one that was told. */
export async function readParts(
  store: ObjectStore,
  { resultSha256: sha256, ...which }: Which,
): Promise<ResultParts> {
  const { result } = await readResult(store, { ...which, sha256 })
  return new Map(
    result.tracks.map(({ trackId, thumbnails, waveform }) => [trackId, { thumbnails, waveform }]),
  )
}
