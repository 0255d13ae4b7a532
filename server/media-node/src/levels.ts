import type { types } from 'mediasoup'
import type { EventPayload } from '@visavis/contract/command'
import type { mediaEvents } from '@visavis/contract/media-control'
import { demandPermit } from '@visavis/contract/media-permits'
import type { WatchPermit } from '@visavis/contract/media-permits'
import type { Logger } from '@visavis/platform/log'
import type { OpenRouter } from './media-router.ts'
import { producerOwnerOf } from './ownership.ts'
import type { Tell } from './tell.ts'

/** Quick enough for a meter, and rare enough for hundreds of them. */
export const LEVELS_EVERY_MS = 500

type VisitLevels = EventPayload<typeof mediaEvents, 'room:levels'>['visits'][number]
type Volume = Pick<types.AudioLevelObserverVolume, 'volume'> & {
  readonly producer: Pick<types.Producer, 'appData'>
}

/**
 * How loud it is in the visits of each shared router, without anybody receiving their sound (OV-4). Whoever
 * may be heard is measured whether or not an officer looks (OV-3).
 */
export class Levels {
  readonly #tell: Tell
  readonly #log: Logger
  readonly #meters = new WeakMap<OpenRouter, Promise<types.AudioLevelObserver>>()

  constructor({ tell, log }: { tell: Tell; log: Logger }) {
    this.#tell = tell
    this.#log = log
  }

  /** Begins to measure a producer; takes a permit to hear it. */
  async add(router: OpenRouter, producerId: string, permit: WatchPermit | null): Promise<void> {
    demandPermit(permit, { use: 'SOUND', isPrivileged: false })
    const meter = await this.#meterOf(router)
    // One that was closed meanwhile is silent; the library refuses it.
    await meter.addProducer({ producerId }).catch((error: unknown) => this.#note(error))
  }

  /** Stops; a producer that is closed is measured no more anyway. */
  async remove(router: OpenRouter, producerId: string): Promise<void> {
    const meter = await this.#meters.get(router)
    await meter?.removeProducer({ producerId }).catch((error: unknown) => this.#note(error))
  }

  /** One for each router, also for those who ask at the same moment: what another one measured would stay measured. */
  #meterOf(router: OpenRouter): Promise<types.AudioLevelObserver> {
    const known = this.#meters.get(router)
    const open = () => this.#openMeter(router)
    const meter = known ? known.then((one) => (one.closed ? open() : one), open) : open()
    this.#meters.set(router, meter)
    return meter
  }

  async #openMeter(router: OpenRouter): Promise<types.AudioLevelObserver> {
    const meter = await router.openLevels(LEVELS_EVERY_MS)
    this.#listen(meter)
    return meter
  }

  #listen(meter: types.AudioLevelObserver): void {
    let heard: readonly string[] = []
    const measured = (volumes: readonly Volume[]): void => {
      const visits = levelsOf(volumes, heard)
      heard = visits.flatMap(({ visitId, seats }) => (seats.length > 0 ? [visitId] : []))
      if (visits.length > 0) this.#tell('room:levels', { visits })
    }
    meter.on('volumes', measured)
    meter.on('silence', () => measured([]))
  }

  #note(error: unknown): void {
    this.#log.debug({ err: error }, 'level not measured')
  }
}

/** Levels by visit; those that were heard before and are not any more come with no seats. Pure. */
export function levelsOf(
  volumes: readonly Volume[],
  heardBefore: readonly string[],
): VisitLevels[] {
  const visits = new Map<string, VisitLevels>(
    heardBefore.map((visitId) => [visitId, { visitId, seats: [] }]),
  )
  for (const { producer, volume } of volumes) {
    const owner = producerOwnerOf(producer.appData)
    if (!owner) continue
    const visit = visits.get(owner.visitId) ?? { visitId: owner.visitId, seats: [] }
    visit.seats.push({ seatId: owner.seatId, level: volume })
    visits.set(owner.visitId, visit)
  }
  return [...visits.values()]
}
