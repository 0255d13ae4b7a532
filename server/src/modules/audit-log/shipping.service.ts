import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '@visavis/contract/errors'
import type { Clock } from '@visavis/platform/clock'
import type { Logger } from '@visavis/platform/log'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { whatFailed } from '../../platform/what-failed.ts'
import type { AuditAlarms } from './alarms.service.ts'
import type { CheckpointsRepo, KeptCheckpoint } from './checkpoints.repo.ts'

/** A second place for what must not be lost or changed with the database: each file is written once. */
export type SecondPlace = Pick<ObjectStore, 'put' | 'sizeOf' | 'readAt'>

type Deps = {
  readonly repo: Pick<CheckpointsRepo, 'unshipped' | 'shipped'>
  /** Null: there is none. */
  readonly place: SecondPlace | null
  readonly alarms: AuditAlarms
  readonly clock: Clock
  readonly log: Logger
}

/** Checkpoints that are sent in one go; what is left goes a minute later. */
const AT_ONCE = 500
/** How long a checkpoint may lie in the database alone. */
export const LATE_AFTER_MS = 5 * 60_000
/** Digits of a size in a file's name, so that names are in order. */
const SIZE_DIGITS = 15

/** Sends checkpoints to a second place, where whoever rules the database does not. */
export type Shipping = ReturnType<typeof createShipping>

export function createShipping(deps: Deps) {
  const { repo, place, alarms, clock, log } = deps
  return {
    hasPlace: place !== null,
    /** Everything that is not there yet, the oldest first. */
    async ship(): Promise<void> {
      if (place === null) return
      const waiting = await repo.unshipped(AT_ONCE)
      for (const checkpoint of waiting) {
        try {
          if (!(await putOnce(place, nameOf(checkpoint), checkpoint.note))) {
            await alarms.raise(checkpoint.log, 'SHIPPED_OTHER')
            continue
          }
          await repo.shipped(checkpoint.log, checkpoint.size, clock.now())
        } catch (error) {
          log.warn(whatFailed(error), 'a checkpoint could not be sent to its second place')
          if (isLate(checkpoint, clock.now())) await alarms.raise(checkpoint.log, 'SHIPPING_LATE')
          return
        }
      }
    },
    /** Another file for the same place, under a name of its own; whether it or the same is there now. */
    async add(name: string, text: string | Uint8Array): Promise<boolean> {
      return place === null || putOnce(place, name, text)
    },
  }
}

/** Whether a checkpoint waits too long. */
export function isLate({ signedAt }: Pick<KeptCheckpoint, 'signedAt'>, now: Date): boolean {
  return now.getTime() - signedAt.getTime() > LATE_AFTER_MS
}

/** Where a checkpoint lies: a folder a log, a file a size. */
export function nameOf({ log, size }: Pick<KeptCheckpoint, 'log' | 'size'>): string {
  return `${log.replaceAll('/', '-')}/${String(size).padStart(SIZE_DIGITS, '0')}.checkpoint`
}

/** False where the place has another file of that name already: somebody has two histories. */
async function putOnce(
  place: SecondPlace,
  name: string,
  content: string | Uint8Array,
): Promise<boolean> {
  const bytes = Buffer.from(content)
  const there = await place.sizeOf(name)
  if (there !== null) {
    return there === bytes.length && bytes.equals(await place.readAt(name, 0, there - 1))
  }
  const folder = await mkdtemp(join(tmpdir(), 'visavis-audit-'))
  try {
    const file = join(folder, 'file')
    await writeFile(file, bytes)
    await place.put(name, file)
    return true
  } catch (error) {
    // Between the look and the write somebody else has put one.
    if (error instanceof Fault && (await place.sizeOf(name)) === bytes.length) return true
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
