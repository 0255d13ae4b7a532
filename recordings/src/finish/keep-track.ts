import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileProof, ResultTrack } from '@visavis/contract/recording-result'
import type { ObjectStore } from '@visavis/platform/object-store/index'
import { partName } from '@visavis/platform/object-store/durable'
import { fileContext, sealMessage } from '@visavis/platform/sealed/cobblestone'
import type { SealingKey } from '@visavis/platform/sealed/cobblestone'
import type { Ffmpeg } from '../derive/ffmpeg.ts'
import { makeWaveform } from '../derive/waveform.ts'
import { keepSealedFile } from './keep-files.ts'
import { masterFile } from './make-tracks.ts'
import type { TrackMade } from './track-making.ts'

/** What the files of one recording are kept with. */
export type KeepingKit = {
  readonly folder: string
  readonly recordingId: string
  readonly key: Uint8Array
  readonly store: ObjectStore
  /** The recording's folder in the store. */
  readonly prefix: string
  readonly ffmpeg: Ffmpeg | null
}

/** A track whose files lie in the store. */
export type KeptTrack = Pick<ResultTrack, 'thumbnails' | 'waveform'> & {
  readonly made: TrackMade
  readonly master: FileProof
}

const DEFAULT_CHANNELS = 2

/** Puts a track's master and thumbnails into the store. Throws what disk and store refuse with. */
export async function keepTrack(made: TrackMade, kit: KeepingKit): Promise<KeptTrack> {
  const file = masterFile(made.stream.track.trackId)
  const master = await keep(file, made.path, kit)
  const thumbnails = await keepThumbnails(made, kit)
  const { sounds, stream } = made
  const channels = stream.track.channels ?? DEFAULT_CHANNELS
  const { ffmpeg } = kit
  const waveform = sounds.length > 0 ? await makeWaveform(sounds, { ffmpeg, channels }) : null
  return { made, master, thumbnails, waveform }
}

async function keepThumbnails(
  { stream, thumbnails }: TrackMade,
  kit: KeepingKit,
): Promise<ResultTrack['thumbnails']> {
  if (!thumbnails) return null
  const file = `thumbnails-${stream.track.trackId}.sealed`
  const path = partName(join(kit.folder, file))
  await writeFile(path, sealMessage(thumbnails.file, sealingOf(file, kit)))
  const { everyMs, pictures } = thumbnails
  return { proof: await keep(file, path, kit), everyMs, pictures: [...pictures] }
}

function keep(file: string, path: string, kit: KeepingKit): Promise<FileProof> {
  const objectKey = `${kit.prefix}/${file}`
  return keepSealedFile(kit.store, { file, path, objectKey }, sealingOf(file, kit))
}

function sealingOf(file: string, { recordingId, key }: KeepingKit): SealingKey {
  return { key, context: fileContext(recordingId, file) }
}
