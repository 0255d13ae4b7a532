import { setTimeout as pause } from 'node:timers/promises'
import type { MediaNodeFixture } from './media-node-fixture.ts'
import type { EmptyRoom } from './media-node-host.ts'

const OFFICERS = 5
/** Each of these, again and again, is what an officer does. */
const ACT_EVERY_MS = 130

/**
 * Officers come to a room, choose it, scroll it away and back, and ask for key frames as browsers do that
 * miss something, until `isEnough`. Gives how often they did so.
 */
export async function behave(
  room: EmptyRoom,
  { anObserver }: Pick<MediaNodeFixture, 'anObserver'>,
  isEnough: () => Promise<boolean> | boolean,
): Promise<number> {
  const officers = await Promise.all(Array.from({ length: OFFICERS }, () => anObserver(room)))
  let acts = 0
  while (!(await isEnough())) {
    const observers = officers
      .filter((_, at) => (acts + at) % 4 !== 0)
      .map(({ peerId }, at) => ({ observerId: peerId, hasFocus: (acts + at) % 3 === 0 }))
    await room.say({ observers })
    officers.forEach((officer) => officer.askForKeyFrames())
    acts += 1
    await pause(ACT_EVERY_MS)
  }
  await room.say({ observers: [] })
  return acts
}
