import { expect, test, vi } from 'vitest'
import { createRemoteStreams } from './remote-streams.ts'

const aTrack = (kind: 'audio' | 'video'): MediaStreamTrack => ({ kind }) as MediaStreamTrack

/** As much of a browser's MediaStream as a seat needs. */
function aStream(): MediaStream {
  const tracks = new Set<MediaStreamTrack>()
  const ofKind = (kind: string) => [...tracks].filter((track) => track.kind === kind)
  return {
    getTracks: () => [...tracks],
    getAudioTracks: () => ofKind('audio'),
    getVideoTracks: () => ofKind('video'),
    addTrack: (track: MediaStreamTrack) => void tracks.add(track),
    removeTrack: (track: MediaStreamTrack) => void tracks.delete(track),
  } as MediaStream
}

test('[LV-8] a seat keeps its stream while its tracks are built anew', () => {
  const onChange = vi.fn()
  const streams = createRemoteStreams({ onChange, createStream: aStream })
  const [voice, picture, newPicture] = [aTrack('audio'), aTrack('video'), aTrack('video')]
  streams.add('seat', voice)
  streams.add('seat', picture)
  const before = streams.list()
  streams.add('seat', newPicture)
  // The older consumer is closed after the newer one was built.
  streams.remove('seat', picture)
  expect(streams.list()[0]?.stream).toBe(before[0]?.stream)
  expect(streams.list()[0]?.stream.getTracks()).toEqual([voice, newPicture])
  expect(onChange).toHaveBeenCalledTimes(3)
})

test('a seat stays listed when nothing comes from it any more', () => {
  const streams = createRemoteStreams({ onChange: () => undefined, createStream: aStream })
  const picture = aTrack('video')
  streams.add('seat', picture)
  streams.remove('seat', picture)
  expect(streams.list()).toMatchObject([{ seatId: 'seat', hasAudio: false, hasVideo: false }])
})
