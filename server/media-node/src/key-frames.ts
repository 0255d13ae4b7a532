import { RECORDER_SINK } from '@visavis/contract/media-graph'
import type { OwnedConsumer } from './peer.ts'
import type { StandingFlow } from './reconcile.ts'
import type { Room } from './room.ts'

/**
 * Each sender is asked for a key frame this often. A recording can then be cut and entered anywhere,
 * and the sender cannot tell an officer's coming (which asks for one too) from the beat (OV-3).
 */
export const KEYFRAME_EVERY_MS = 4_000

/** Asks once for each picture that flows in a room that may be watched or is recorded. */
export async function askForKeyFrames(rooms: readonly Room[]): Promise<void> {
  const askers = rooms
    .filter(({ facts, tapRecordingId }) => tapRecordingId || facts?.policy.monitor !== 'NONE')
    .flatMap((room) => oneForEachPicture(room.flows.standing()))
  await Promise.all(askers.map((asker) => asker.requestKeyFrame().catch(() => undefined)))
}

function oneForEachPicture(standing: readonly StandingFlow[]): OwnedConsumer[] {
  const askers = new Map<string, OwnedConsumer>()
  for (const { flow, source, consumer } of standing) {
    const isAble = source.kind === 'video' && !consumer.paused
    // The recorder gets the best layer, so its request reaches the stream that is kept.
    const isBetter = flow.sink === RECORDER_SINK || !askers.has(flow.producerId)
    if (isAble && isBetter) askers.set(flow.producerId, consumer)
  }
  return [...askers.values()]
}
