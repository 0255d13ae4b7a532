import type { Colleague, Reply, WallFeed } from '@visavis/call'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, CheckBox, ConfirmDialog, FailureNotice, Notice, RadioGroup } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFacilityClock } from './use-facility-clock.ts'

type PanelProps = { readonly feed: WallFeed; readonly visit: WallVisit }

/** Whether the chosen visit must be watched and is, and the way to hand it over (OV-7). */
export function CoveragePanel({ feed, visit }: PanelProps) {
  const { t } = useTranslation()
  const clock = useFacilityClock()
  const [isOpen, setIsOpen] = useState(false)
  const { mustBeWatched, unwatchedSince } = visit.coverage
  if (visit.policy.monitor === 'NONE' || visit.state === 'ENDED') return null
  return (
    <div className="vv-stack vv-stack--close">
      {unwatchedSince !== null && (
        <Notice tone="warn">
          <p>{t('coverage.unwatched', { time: clock(unwatchedSince) })}</p>
        </Notice>
      )}
      <div className="vv-row">
        <Button look="secondary" isSmall onClick={() => setIsOpen(true)}>
          {t('coverage.handOver')}
        </Button>
        {mustBeWatched && <span className="vv-soft vv-small">{t('coverage.must')}</span>}
      </div>
      {isOpen && (
        <HandoverDialog feed={feed} visitId={visit.visitId} onClose={() => setIsOpen(false)} />
      )}
    </div>
  )
}

const EVERYBODY = 'all'

type DialogProps = {
  readonly feed: WallFeed
  readonly visitId: string
  readonly onClose: () => void
}

/** To whom, and whether this visit alone or all that this wall shows. */
function HandoverDialog({ feed, visitId, onClose }: DialogProps) {
  const { t } = useTranslation()
  const colleagues = useColleagues(feed)
  const [to, setTo] = useState(EVERYBODY)
  const [isAll, setIsAll] = useState(false)
  const [reply, setReply] = useState<Reply | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const offer = async () => {
    setIsBusy(true)
    const visitIds = isAll ? shownBy(feed) : [visitId]
    const answer = await feed.offerVisits(visitIds, to === EVERYBODY ? null : to)
    setIsBusy(false)
    if (answer.ok) onClose()
    else setReply(answer)
  }
  const names = colleagues.map(({ observerId, name, visits }) => ({
    value: observerId,
    label: t('coverage.colleague', { name, count: visits }),
  }))
  return (
    <ConfirmDialog
      title={t('coverage.handOverTitle')}
      confirmLabel={t('coverage.offer')}
      confirmLook="primary"
      isBusy={isBusy}
      onConfirm={() => void offer()}
      onCancel={onClose}
    >
      {names.length === 0 && <p>{t('coverage.nobodyHere')}</p>}
      <RadioGroup
        legend={t('coverage.to')}
        value={to}
        error={null}
        options={[{ value: EVERYBODY, label: t('coverage.everybody') }, ...names]}
        onChoose={setTo}
      />
      <CheckBox checked={isAll} onChange={({ target }) => setIsAll(target.checked)}>
        {t('coverage.allOfMine')}
      </CheckBox>
      {reply !== null && !reply.ok && <FailureNotice code={reply.code} />}
    </ConfirmDialog>
  )
}

const CLOSED: readonly WallVisit['state'][] = ['SCHEDULED', 'ENDED']

/** The visits on this wall that somebody can watch. */
function shownBy(feed: WallFeed): string[] {
  const state = feed.getState()
  if (state.phase !== 'open') return []
  const { given } = feed.handovers.getState()
  return state.visits
    .filter((visit) => !CLOSED.includes(visit.state) && visit.policy.monitor !== 'NONE')
    .filter(({ visitId }) => !given.has(visitId))
    .map(({ visitId }) => visitId)
}

function useColleagues(feed: WallFeed): readonly Colleague[] {
  const [colleagues, setColleagues] = useState<readonly Colleague[]>([])
  useEffect(() => {
    let isWanted = true
    void feed.colleagues().then((found) => {
      if (isWanted) setColleagues(found)
    })
    return () => {
      isWanted = false
    }
  }, [feed])
  return colleagues
}
