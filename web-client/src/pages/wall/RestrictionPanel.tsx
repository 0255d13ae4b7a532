import type { WallFeed } from '@visavis/call'
import type { ErrorCode } from '@visavis/contract/errors'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, Notice, useErrorWords } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Run } from './InterventionsPanel.tsx'

type RestrictionProps = {
  readonly feed: WallFeed
  readonly visit: WallVisit
  readonly run: Run
  readonly onEnd: () => void
}

/** How soon an officer sees that what stood in the way is gone. */
const ASK_EVERY_MS = 3_000

/**
 * Why the visit is paused, and the officer's choice (EL-4, OV-5): to end it, to keep it paused, or to let it
 * go on, which is there as soon as nothing stands in the way.
 */
export function RestrictionPanel({ feed, visit, run, onEnd }: RestrictionProps) {
  const { t } = useTranslation()
  const { visitId, pauseReason, interventions } = visit
  const obstacle = useObstacle(feed, visitId, pauseReason === 'RESTRICTION')
  // That one has its own panel, at the door of a visit as well.
  if (pauseReason === null || pauseReason === 'NO_RECORDER') return null
  const isToDecide = isForOfficer(visit)
  const mayGoOn = pauseReason === 'OFFICER' || obstacle === null
  return (
    <Notice
      tone={isToDecide ? 'bad' : 'warn'}
      icon="pause"
      live="status"
      {...(isToDecide ? { title: t('interventions.decide') } : {})}
    >
      <p>{t(`wall.paused.${pauseReason}`)}</p>
      {interventions.pause?.isAsked === true && <p>{t('interventions.asked')}</p>}
      <ObstacleWords code={obstacle} />
      <div className="vv-row">
        {mayGoOn && (
          <Button look="secondary" isSmall onClick={() => run(() => feed.resumeVisit(visitId))}>
            {t('wall.resume')}
          </Button>
        )}
        {isToDecide && (
          <KeepOrEnd onKeep={() => run(() => feed.keepPaused(visitId))} onEnd={onEnd} />
        )}
      </div>
    </Notice>
  )
}

/** Whether an officer is asked what is to become of the visit. */
function isForOfficer({ pauseReason, interventions: { pause } }: WallVisit): boolean {
  if (pause?.isAsked === true) return true
  return pauseReason === 'RESTRICTION' && pause?.isKept !== true
}

function KeepOrEnd({ onKeep, onEnd }: { onKeep: () => void; onEnd: () => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Button look="secondary" isSmall onClick={onKeep}>
        {t('interventions.keep')}
      </Button>
      <Button look="danger" isSmall aria-haspopup="dialog" onClick={onEnd}>
        {t('interventions.endNow')}
      </Button>
    </>
  )
}

function ObstacleWords({ code }: { code: ErrorCode | null | undefined }) {
  const { t } = useTranslation()
  const wordsOf = useErrorWords()
  if (code === null || code === undefined) return null
  const { happened } = wordsOf(code)
  return (
    <p>
      {t('interventions.obstacle')} {happened} <code className="vv-small">{code}</code>
    </p>
  )
}

/** The code that stands in the way, asked again and again; undefined: not known yet. */
function useObstacle(
  feed: WallFeed,
  visitId: string,
  isWanted: boolean,
): ErrorCode | null | undefined {
  const [code, setCode] = useState<ErrorCode | null | undefined>(undefined)
  useEffect(() => {
    if (!isWanted) return undefined
    let isOver = false
    const ask = () => {
      void feed.obstacleOf(visitId).then((found) => {
        if (!isOver) setCode(found)
      })
    }
    ask()
    const timer = setInterval(ask, ASK_EVERY_MS)
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [feed, visitId, isWanted])
  return isWanted ? code : undefined
}
