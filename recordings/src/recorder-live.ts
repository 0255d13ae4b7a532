import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Refusal } from '@visavis/contract/errors'
import { verifyGrant } from '@visavis/contract/grant'
import type { TapTrack } from '@visavis/contract/media-control'
import type { JournalNote } from '@visavis/contract/recorder-control'
import { openKey } from '@visavis/contract/recording-key'
import { SEALING } from '@visavis/contract/recording-result'
import type { Clock } from '@visavis/platform/clock'
import { JOURNAL_VERSION } from './journal/journal-format.ts'
import type { JournalEvent, JournalHeader } from './journal/journal-format.ts'
import { copyOfKey } from './key-ring.ts'
import { makeFiles } from './recorder-finish.ts'
import type { RecorderKit } from './recorder-kit.ts'
import { JOURNAL_FILE, recordingFolder } from './recording-folders.ts'
import { explain, failureOf } from './recording-failure.ts'
import type { RecordingKey } from './recording-state.ts'

/** A recording while its visit goes on. */

type Opening = { readonly grant: string; readonly sealedKey: string }
type Opened = { readonly recordingId: string; readonly address: string; readonly port: number }

/** Opens a journal and a port for it. Refuses without a good grant and a key that is bound to the same recording. */
export async function openRecording(
  kit: RecorderKit,
  { grant: signed, sealedKey }: Opening,
): Promise<Opened> {
  const { grantSecret: secret, clock, book, listenAddress } = kit
  const grant = await verifyGrant(signed, { secret, now: clock.now() })
  const { recordingId } = grant
  const key = await openKey(sealedKey, { secret, objectId: recordingId })
  const known = book.get(recordingId)
  // A journal is an original: once closed, nothing is added to it.
  if (known && known.state !== 'OPEN') throw new Refusal('GRANT_REFUSED', { why: 'used' })
  if (known) key.fill(0)
  const grantSha256 = createHash('sha256').update(signed).digest('hex')
  const { visitId, number: epoch } = grant
  const ids = { recordingId, visitId, epoch, grantSha256 }
  const port = known?.port ?? listen(kit, ids, key)
  return { recordingId, address: listenAddress, port: await port }
}

function listen(
  kit: RecorderKit,
  { recordingId, visitId, epoch, grantSha256 }: RecordingKey & { grantSha256: string },
  key: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const { book, keys, receiver, clock, dataDir, listenAddress: address, log } = kit
  const ids = { recordingId, visitId, epoch }
  const journalPath = join(recordingFolder(dataDir, ids), JOURNAL_FILE)
  const header = journalHeader({ ...ids, grantSha256 }, clock)
  keys.keep(recordingId, copyOfKey(key))
  const port = receiver.open({ journalPath, header, key, address }).then(
    (opened) => {
      log.info({ ...ids, port: opened.port }, 'recording opened')
      return opened.port
    },
    (error: unknown) => {
      keys.forget(recordingId)
      book.takeBack(recordingId)
      throw error
    },
  )
  book.enter({ key: ids, state: 'OPEN', port, packets: 0 })
  return port
}

function journalHeader(ids: RecordingKey & { grantSha256: string }, clock: Clock): JournalHeader {
  const wallStart = clock.now().toISOString()
  const monoStart = process.hrtime.bigint().toString()
  return { v: JOURNAL_VERSION, sealing: SEALING, ...ids, wallStart, monoStart }
}

/** Tells whose track an SSRC is; returns once that is on disk. */
export function describeTrack(
  kit: RecorderKit,
  recordingId: string,
  track: TapTrack,
): Promise<void> {
  return noteEvent(kit, recordingId, { event: 'trackDescribed', track })
}

/** Keeps something of the visit's course beside its media; returns once it is on disk. */
export function noteCourse(
  kit: RecorderKit,
  recordingId: string,
  note: JournalNote,
): Promise<void> {
  return noteEvent(kit, recordingId, { event: 'note', note })
}

async function noteEvent(
  kit: RecorderKit,
  recordingId: string,
  event: JournalEvent,
): Promise<void> {
  const recording = kit.book.get(recordingId)
  if (recording?.state !== 'OPEN') throw new Refusal('RECORDING_NOT_FOUND')
  await recording.port
  await kit.receiver.note(recordingId, event)
}

/** Answers once the journal is whole; the files follow. What is closed already stays so. */
export async function closeRecording(kit: RecorderKit, recordingId: string): Promise<void> {
  const { book, heads, keys, receiver } = kit
  const recording = book.get(recordingId)
  if (!recording) throw new Refusal('RECORDING_NOT_FOUND')
  if (recording.state !== 'OPEN') return
  const { key } = recording
  await recording.port
  // Another close, or a failure, came first while the port was being bound.
  if (book.get(recordingId)?.state !== 'OPEN') return
  book.finishing(key)
  try {
    await receiver.close(recordingId)
  } catch (error) {
    keys.forget(recordingId)
    book.failed(key, failureOf(error), explain(error))
    return
  } finally {
    heads.ended(key)
  }
  void makeFiles(kit, key)
}
