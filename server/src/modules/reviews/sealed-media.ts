import type { Readable } from 'node:stream'
import { Fault, Refusal } from '@visavis/contract/errors'
import { fileContext, plainBytesOf } from '@visavis/platform/sealed/cobblestone'
import { DamagedBytes } from '@visavis/platform/sealed/damaged-bytes'
import { openSealedFile } from '@visavis/platform/sealed/sealed-file'
import type { SealedFile } from '@visavis/platform/sealed/sealed-file'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import type { Transact } from '../../platform/transact.ts'
import type { Audit, AuditActor } from '../audit/index.ts'
import type { RecordingKeys, WrappedKey } from '../recordings/index.ts'
import type { ReviewAlarms } from './alarms.service.ts'
import { remembered } from './play-memory.ts'
import type { OpenedKey, PlayMemory } from './play-memory.ts'

/** A sealed file in the object store, and whose key opens it. */
export type SealedObject = {
  readonly facilityId: string
  readonly visitId: string
  /** The recording's or copy's id. */
  readonly objectId: string
  /** Null: it was destroyed. */
  readonly key: WrappedKey | null
  /** In the object store. */
  readonly path: string
  /** The name that it was sealed under. */
  readonly file: string
}

/** Who reads, and in which playback. */
export type Reader = {
  readonly play: { readonly playId: string; readonly expiresAt: Date }
  readonly actor: AuditActor
  readonly requestId: string
}

type Deps = {
  readonly store: ObjectStore
  readonly keys: Pick<RecordingKeys, 'open'>
  readonly memory: PlayMemory
  readonly transact: Transact
  readonly audit: Audit
  readonly alarms: ReviewAlarms
}

/** Sealed files in clear, for who has opened a playback. */
export type SealedMedia = ReturnType<typeof createSealedMedia>

export function createSealedMedia(deps: Deps) {
  const { store, memory } = deps
  return {
    /** How long it is in clear, in bytes; a Fault and an alarm if it is not there or was cut. */
    plainBytes: (object: SealedObject): Promise<number> => plainBytesIn(object, deps),
    /** Opens it: the key after its own entry in the log, and once a playback. Refuses RECORDING_DESTROYED. */
    open: (object: SealedObject, reader: Reader): Promise<SealedFile> =>
      remembered(memory.of(reader.play).files, object.path, async () => {
        await plainBytesIn(object, deps)
        const key = await keyOf(object, reader, deps)
        return withAlarm(object, deps, async () => {
          const sealedBytes = (await store.sizeOf(object.path)) ?? 0
          const readAt = (start: number, end: number) => store.readAt(object.path, start, end)
          const context = fileContext(object.objectId, object.file)
          return openSealedFile({ readAt, sealedBytes, key, context })
        })
      }),
    /** Some plain bytes at once, both ends included. */
    read: (object: SealedObject, file: SealedFile, at: Stretch): Promise<Buffer> =>
      withAlarm(object, deps, () => file.read(at.start, at.end)),
    /** Plain bytes bit by bit; ends with an error before a wrong byte, and when the playback is over. */
    stream: (object: SealedObject, file: SealedFile, at: Stretch & { playId: string }) =>
      guarded({ object, pieces: file.stream(at.start, at.end), playId: at.playId }, deps),
  }
}

/** From a byte to another, both included. */
export type Stretch = { readonly start: number; readonly end: number }

async function plainBytesIn(object: SealedObject, { store, alarms }: Deps): Promise<number> {
  const sealedBytes = await store.sizeOf(object.path)
  const plainBytes = sealedBytes === null ? null : plainBytesOf(sealedBytes)
  if (plainBytes !== null) return plainBytes
  await alarms.badFile({ ...object, why: sealedBytes === null ? 'FILE_MISSING' : 'FILE_DAMAGED' })
  throw new Fault('a file of a recording is not as it was stored')
}

function keyOf(object: SealedObject, reader: Reader, deps: Deps): Promise<OpenedKey> {
  const { memory, keys, transact, audit } = deps
  const { facilityId, visitId, objectId, key } = object
  if (key === null) throw new Refusal('RECORDING_DESTROYED')
  return remembered(memory.of(reader.play).keys, objectId, async () => {
    await transact((tx) =>
      audit.append(tx, {
        facilityId,
        actor: reader.actor,
        action: 'recording.key',
        object: { type: 'recording', objectId, visitId },
        outcome: 'allow',
        requestId: reader.requestId,
        detail: { playId: reader.play.playId },
      }),
    )
    return keys.open({ objectId, facilityId, ...key })
  })
}

async function* guarded(
  reading: { object: SealedObject; pieces: Readable; playId: string },
  deps: Deps,
): AsyncGenerator<Buffer> {
  const { object, pieces, playId } = reading
  const next = pieces[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  try {
    for (;;) {
      const piece = await withAlarm(object, deps, () => next.next())
      if (piece.done) return
      // Destroyed, or the hour is over: what was opened before does not go on.
      if (!deps.memory.isOpen(playId)) throw new Refusal('FORBIDDEN')
      yield piece.value
    }
  } finally {
    pieces.destroy()
  }
}

async function withAlarm<Result>(
  object: SealedObject,
  { alarms }: Deps,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DamagedBytes) {
      const { fromByte, toByte } = error
      await alarms.badFile({ ...object, why: 'FILE_DAMAGED', bytes: { fromByte, toByte } })
    }
    throw error
  }
}
