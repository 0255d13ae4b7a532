import { FailureNotice, Notice } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe, useSession } from '../../../session/session.ts'
import type { OpenPlay } from '../PurposeForm.tsx'
import type { PlayEnd } from '../RecordingPage.tsx'
import { CopiesPanel } from '../copies/CopiesPanel.tsx'
import type { Copy } from '../copies/copy-rules.ts'
import { PlayHead } from './PlayHead.tsx'
import { PlayerBody } from './PlayerBody.tsx'
import { bySeat } from './line-rules.ts'
import { NO_MARKS } from './player-keys.ts'
import type { Tell } from './told-playback.ts'
import { usePlayParts } from './use-play-parts.ts'

type PlayerProps = {
  readonly open: OpenPlay
  /** Where to begin, in ms on the visit's line. */
  readonly startMs: number
  readonly onEnd: (why: PlayEnd) => void
}

/** What is looked at: the original tracks, or a copy of them. */
type Source = { readonly copy: Copy | null; readonly startMs: number }

/** The recordings of a visit on one line of time, while the play lasts. */
export function Player({ open, startMs, onEnd }: PlayerProps) {
  const { play } = open
  const { t } = useTranslation()
  const { displayName } = useMe()
  const [source, setSource] = useState<Source>({ copy: null, startMs })
  const [marks, setMarks] = useState(NO_MARKS)
  const { tell, failure } = useTell(play.playId, onEnd)
  const parts = usePlayParts(play.playId)
  const seats = useMemo(() => bySeat(play.tracks), [play.tracks])
  const { timeZone } = play.visit.facility
  return (
    <div className="vv-stack vv-stack--near vv-player">
      <PlayHead play={play} caseNumber={open.caseNumber} onExpired={() => onEnd('EXPIRED')} />
      {failure !== null && <FailureNotice code={failure} />}
      {parts.code !== null && <FailureNotice code={parts.code} onRetry={parts.reload} />}
      {source.copy !== null && <Notice title={t('player.isCopy')} />}
      <PlayerBody
        key={source.copy?.derivativeId ?? 'originals'}
        play={play}
        source={source}
        seats={seats}
        parts={parts}
        tell={tell}
        mark={{ name: displayName, caseNumber: open.caseNumber, timeZone }}
        marks={marks}
        onMarks={setMarks}
      />
      <CopiesPanel
        open={open}
        marks={marks}
        shown={source.copy}
        onShow={(copy) => setSource({ copy, startMs: copy?.fromMs ?? 0 })}
      />
    </div>
  )
}

/** Refusals after which nothing more can be had of a play; a play that is over is nobody's any more. */
const FINAL: Readonly<Partial<Record<FailureCode, PlayEnd>>> = {
  FORBIDDEN: 'EXPIRED',
  RECORDING_NOT_FOUND: 'RECORDING_NOT_FOUND',
  RECORDING_DESTROYED: 'RECORDING_DESTROYED',
}

/** Tells the server of each deed before it is done; what it says no to is told on the page. */
function useTell(playId: string, onEnd: (why: PlayEnd) => void) {
  const { call } = useSession()
  const [failure, setFailure] = useState<FailureCode | null>(null)
  const tell: Tell = useCallback(
    async (act, atMs) => {
      setFailure(null)
      const answer = await call('playAct', { params: { playId }, body: { act, atMs } })
      // What was stopped is stopped; the play may be over by then.
      if (answer.ok || act === 'STOP') return answer.ok
      const end = FINAL[answer.code]
      if (end === undefined) setFailure(answer.code)
      else onEnd(end)
      return false
    },
    [call, playId, onEnd],
  )
  return { tell, failure }
}
