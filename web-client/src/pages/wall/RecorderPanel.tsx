import type { WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, FailureNotice, Notice, TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EndVisitDialog } from './EndVisitDialog.tsx'
import { useFacilityClock } from './use-facility-clock.ts'

type PanelProps = { readonly feed: WallFeed; readonly visit: WallVisit }

/** The contract's least length of a reason. */
const LEAST_REASON = 3
const LONGEST_REASON = 500

/**
 * Since when the chosen visit is not recorded though it should be, and after half a minute the question what
 * becomes of it: to go on without, with a reason, or to end (RC-3).
 */
export function RecorderPanel({ feed, visit }: PanelProps) {
  const { t } = useTranslation()
  const clock = useFacilityClock()
  const { missingSince, isRequired, isAsking, goesOnWithout } = visit.recording
  if (missingSince === null || visit.state === 'ENDED') return null
  if (isAsking) return <Question feed={feed} visit={visit} since={clock(missingSince)} />
  const isWaiting = isRequired && !goesOnWithout
  const words = goesOnWithout ? 'recorder.allowed' : 'recorder.goesOn'
  return (
    <Notice tone="warn" icon={isWaiting ? 'pause' : 'alert'} live="status">
      <p>{t(isWaiting ? 'wall.paused.NO_RECORDER' : words, { time: clock(missingSince) })}</p>
    </Notice>
  )
}

function Question({ feed, visit, since }: PanelProps & { readonly since: string }) {
  const { t } = useTranslation()
  const [isEnding, setIsEnding] = useState(false)
  return (
    <Notice tone="bad" icon="pause" live="status" title={t('recorder.decide')}>
      <p>{t('recorder.decideBody', { time: since })}</p>
      <GoOnForm feed={feed} visit={visit} />
      <div className="vv-row">
        <Button look="danger" isSmall aria-haspopup="dialog" onClick={() => setIsEnding(true)}>
          {t('wall.end')}
        </Button>
      </div>
      {isEnding && (
        <EndVisitDialog feed={feed} visitId={visit.visitId} onClose={() => setIsEnding(false)} />
      )}
    </Notice>
  )
}

function GoOnForm({ feed, visit }: PanelProps) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [isShort, setIsShort] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<ErrorCode | null>(null)
  const goOn = async () => {
    setIsBusy(true)
    const reply = await feed.goOnUnrecorded(visit.visitId, reason.trim())
    setIsBusy(false)
    setFailure(reply.ok ? null : reply.code)
  }
  return (
    <form
      className="vv-stack vv-stack--close"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const isTooShort = reason.trim().length < LEAST_REASON
        setIsShort(isTooShort)
        if (!isTooShort) void goOn()
      }}
    >
      <TextField
        label={t('recorder.reason')}
        hint={t('recorder.reasonHint')}
        value={reason}
        maxLength={LONGEST_REASON}
        error={isShort ? t('recorder.reasonShort') : null}
        onChange={({ target }) => setReason(target.value)}
      />
      <div className="vv-row">
        <Button type="submit" look="secondary" isSmall isBusy={isBusy}>
          {t('recorder.goOn')}
        </Button>
      </div>
      {failure !== null && <FailureNotice code={failure} />}
    </form>
  )
}
