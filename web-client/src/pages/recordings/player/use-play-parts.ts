import { useResource } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useCallback } from 'react'
import { useSession } from '../../../session/session.ts'
import type { Timeline } from './line-rules.ts'
import type { Waveform } from './waveform.ts'

/** What stands beside the media; empty until it came. */
export type PlayParts = {
  readonly timeline: Timeline
  readonly waveforms: readonly Waveform[]
  /** Why some of it did not come. */
  readonly code: FailureCode | null
  readonly reload: () => void
}

const NO_TIMELINE: Timeline = { gaps: [], flags: [], course: [], speech: [], notes: [] }
const NO_WAVEFORMS: readonly Waveform[] = []

/** Timeline and waveforms of an open play; the picture does not wait for them. */
export function usePlayParts(playId: string): PlayParts {
  const { call } = useSession()
  const timeline = useResource(
    useCallback(() => call('playTimeline', { params: { playId } }), [call, playId]),
  )
  const sounds = useResource(
    useCallback(() => call('playWaveforms', { params: { playId } }), [call, playId]),
  )
  const failed = [timeline, sounds].find(({ phase }) => phase === 'failed')
  return {
    timeline: timeline.phase === 'ready' ? timeline.data : NO_TIMELINE,
    waveforms: sounds.phase === 'ready' ? sounds.data.waveforms : NO_WAVEFORMS,
    code: failed?.phase === 'failed' ? failed.code : null,
    reload: () => {
      for (const each of [timeline, sounds]) if (each.phase !== 'loading') each.reload()
    },
  }
}
