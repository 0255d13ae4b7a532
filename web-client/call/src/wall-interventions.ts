import type { ErrorCode } from '@visavis/contract/errors'
import type { PAUSE_CAUSES } from '@visavis/contract/interventions'
import type { Party } from '@visavis/contract/media-graph'
import { replyOf } from './reply-of.ts'
import type { WallSignalling } from './router-reception.ts'
import type { Reply } from './types.ts'
import type { Speech } from './wall-speech.ts'

/** Why an officer pauses a visit. */
export type PauseCause = (typeof PAUSE_CAUSES)[number]

/** A warning: one of the facility's ready texts, or typed in the officer's own language. */
export type WarningWords =
  { readonly readyTextId: string } | { readonly typed: string; readonly language: string }

/** What an officer does in a visit (OV-5). */
export type WallInterventions = {
  readonly warn: (visitId: string, parties: readonly Party[], text: WarningWords) => Promise<Reply>
  readonly mute: (visitId: string, party: Party) => Promise<Reply>
  readonly unmute: (visitId: string, party: Party) => Promise<Reply>
  readonly pauseVisit: (visitId: string, reason: PauseCause) => Promise<Reply>
  /** Says, when asked, that a visit stays paused. */
  readonly keepPaused: (visitId: string) => Promise<Reply>
  /** The code that keeps a visit from going on; null: none does, or it cannot be asked now. */
  readonly obstacleOf: (visitId: string) => Promise<ErrorCode | null>
  /** The officer's own voice and picture. */
  readonly speech: Speech
  /** Ends a speech, a colleague's too. */
  readonly endSpeech: (visitId: string) => Promise<Reply>
}

type Given = {
  /** The wall's link while there is one. */
  readonly signalling: () => WallSignalling | null
  readonly speech: Speech
}

/** Makes them for one wall. */
export function createWallInterventions({ signalling, speech }: Given): WallInterventions {
  const act = (request: (link: WallSignalling) => Promise<unknown>): Promise<Reply> => {
    const link = signalling()
    return link ? replyOf(request(link)) : Promise.resolve({ ok: false, code: 'NOT_JOINED' })
  }
  return {
    warn: (visitId, parties, text) =>
      act((link) => link.request('visit:warn', { visitId, parties: [...parties], text })),
    mute: (visitId, party) => act((link) => link.request('side:mute', { visitId, party })),
    unmute: (visitId, party) => act((link) => link.request('side:unmute', { visitId, party })),
    pauseVisit: (visitId, reason) =>
      act((link) => link.request('visit:pause', { visitId, reason })),
    keepPaused: (visitId) => act((link) => link.request('pause:keep', { visitId })),
    async obstacleOf(visitId) {
      const found = await signalling()
        ?.request('visit:obstacle', { visitId })
        .catch(() => null)
      return (found?.code ?? null) as ErrorCode | null
    },
    speech,
    endSpeech: (visitId) => act((link) => link.request('speech:stop', { visitId })),
  }
}
