import type { RemoteSeat } from './types.ts'

type Kind = 'audio' | 'video'

/** The streams of other people, one for each seat, whose tracks come and go beneath. */
export type RemoteStreams = {
  /** Puts a track into its seat's stream, in place of an older one of that kind. */
  readonly add: (seatId: string, track: MediaStreamTrack) => void
  /** Takes the track out, if it is still the one. */
  readonly remove: (seatId: string, track: MediaStreamTrack) => void
  /** All seats that ever sent, in the order of their coming; a new list after each change. */
  readonly list: () => readonly RemoteSeat[]
}

export type RemoteStreamsOptions = {
  readonly onChange: () => void
  readonly createStream?: () => MediaStream
}

/**
 * A video element that was once allowed to play keeps that permission only as long as it keeps its
 * stream, so a rebuild changes tracks and never the stream.
 */
export function createRemoteStreams({
  onChange,
  createStream = () => new MediaStream(),
}: RemoteStreamsOptions): RemoteStreams {
  const streams = new Map<string, MediaStream>()
  let listed: readonly RemoteSeat[] = []

  const streamOf = (seatId: string): MediaStream => {
    const stream = streams.get(seatId) ?? createStream()
    streams.set(seatId, stream)
    return stream
  }
  const publish = (): void => {
    listed = [...streams].map(([seatId, stream]) => ({
      seatId,
      stream,
      hasAudio: stream.getAudioTracks().length > 0,
      hasVideo: stream.getVideoTracks().length > 0,
    }))
    onChange()
  }
  return {
    add(seatId, track) {
      const stream = streamOf(seatId)
      for (const older of tracksOf(stream, track.kind as Kind)) stream.removeTrack(older)
      stream.addTrack(track)
      publish()
    },
    remove(seatId, track) {
      const stream = streams.get(seatId)
      if (!stream?.getTracks().includes(track)) return
      stream.removeTrack(track)
      publish()
    },
    list: () => listed,
  }
}

function tracksOf(stream: MediaStream, kind: Kind): MediaStreamTrack[] {
  return stream.getTracks().filter((track) => track.kind === kind)
}
