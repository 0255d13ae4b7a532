import type { OpenedPlay, recordingCheckRoutes, recordingRoutes } from '@visavis/contract/http'
import { accountCookie } from '../support/callers.ts'
import type { RecordedVisit } from '../support/recorded-visit.ts'
import type { SampleMaker, SampleWorld } from './sample.ts'

/** What the samples of recordings are about. */
export type RecordedWorld = SampleWorld & { readonly recorded: () => RecordedVisit }

/** A playback of the place's investigator. */
export async function aPlay({ world, place, recorded }: RecordedWorld): Promise<string> {
  const answer = await world().app.inject({
    method: 'POST',
    url: `/api/recordings/${recorded().visitId}/plays`,
    headers: { cookie: await accountCookie(world(), place().accounts.investigator) },
    payload: { purpose: 'Review of a complaint', caseNumber: 'C-1' },
  })
  return answer.json<OpenedPlay>().playId
}

/** Samples of the routes of `contract/http/recordings` and `recording-checks`. */
export function recordingSamples(
  given: RecordedWorld,
): Record<keyof typeof recordingRoutes | keyof typeof recordingCheckRoutes, SampleMaker> {
  const { recorded } = given
  const play = async () => ({ playId: await aPlay(given) })
  const track = async () => ({ ...(await play()), trackId: recorded().trackId })
  return {
    searchRecordings: async () => ({ payload: {} }),
    openPlay: async () => ({
      params: { visitId: recorded().visitId },
      payload: { purpose: 'Review of a complaint', caseNumber: 'C-1' },
    }),
    playAct: async () => ({ params: await play(), payload: { act: 'PLAY', atMs: 0 } }),
    playTrack: async () => ({ params: await track() }),
    playThumbnail: async () => ({ params: { ...(await track()), index: '0' } }),
    playWaveforms: async () => ({ params: await play() }),
    playTimeline: async () => ({ params: await play() }),
    writeReviewNote: async () => ({
      params: await play(),
      payload: { text: 'To be looked at again.', atMs: 1_000 },
    }),
    recordingManifests: async () => ({ params: { visitId: recorded().visitId } }),
    recordingManifest: async () => {
      const { visitId, recordingId } = recorded()
      await addManifest(given)
      return { params: { visitId, recordingId } }
    },
    checkRecording: async () => {
      await addManifest(given)
      return { params: { recordingId: recorded().recordingId } }
    },
    recordingChecks: async () => ({ params: { recordingId: recorded().recordingId } }),
  }
}

/** A manifest that nobody signed: whoever checks it finds just that. */
async function addManifest({ world, recorded }: RecordedWorld): Promise<void> {
  const { recordingId } = recorded()
  const number = 1 + (await world().db.recordingManifest.count({ where: { recordingId } }))
  const row = { recordingId, number, issuedAt: world().clock.now(), sha256: '', root: '' }
  const bytes = Buffer.from('{}')
  await world().db.recordingManifest.create({ data: { ...row, publicKey: '', bytes } })
}
