import { Button, Tag } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useOffice } from '../office/parts/use-office.ts'
import { HoldLine } from './HoldLine.tsx'
import { KeptDialog } from './KeptDialog.tsx'
import type { Choice } from './KeptDialog.tsx'

export type Kept = Reply<'keptVisits'>['items'][number]
type ListProps = {
  readonly visits: readonly Kept[]
  readonly onDone: (words: string) => void
}

/** The soonest gone first; what can be done about each stands beside it. */
export function KeptList({ visits, onDone }: ListProps) {
  const [choice, choose] = useState<Choice | null>(null)
  return (
    <>
      <ul className="vv-list">
        {visits.map((visit) => (
          <li key={visit.visitId}>
            <KeptLine visit={visit} onChoose={choose} />
          </li>
        ))}
      </ul>
      {choice !== null && (
        <KeptDialog
          choice={choice}
          onClose={() => choose(null)}
          onDone={(words) => {
            choose(null)
            onDone(words)
          }}
        />
      )}
    </>
  )
}

function KeptLine({ visit, onChoose }: { visit: Kept; onChoose: (choice: Choice) => void }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { startsAt, terminalName, visitClass, destroyAfter, holds, bytes } = visit
  const when = short(startsAt)
  return (
    <article className="vv-panel vv-stack vv-stack--close">
      <h3 className="vv-numbers">
        {when} · {terminalName}
      </h3>
      <p className="vv-row">
        {holds.length > 0 ? (
          <Tag tone="warn">{t('retention.held')}</Tag>
        ) : (
          <span>{t('retention.goesOn', { when: short(destroyAfter) })}</span>
        )}
        <span className="vv-soft">{t(`visitClass.${visitClass}`)}</span>
        <span className="vv-soft vv-numbers">
          {t('retention.size', { count: megabytes(bytes) })}
        </span>
      </p>
      {holds.length === 0 && <TimeLeft visit={visit} />}
      {holds.map((hold) => (
        <HoldLine key={hold.holdId} hold={hold} onChoose={onChoose} />
      ))}
      <Asked visit={visit} onChoose={onChoose} />
      <div className="vv-row">
        <Button
          isSmall
          look="secondary"
          aria-label={t('retention.holdLabel', { when })}
          onClick={() => onChoose({ what: 'hold', visitId: visit.visitId })}
        >
          {t('retention.hold')}
        </Button>
        {holds.length === 0 && visit.destruction === null && (
          <Button
            isSmall
            look="quiet"
            aria-label={t('retention.destroyLabel', { when })}
            onClick={() => onChoose({ what: 'askDestruction', visitId: visit.visitId })}
          >
            {t('retention.destroy')}
          </Button>
        )}
      </div>
    </article>
  )
}

/** How much of its time is over. */
function TimeLeft({ visit: { startsAt, destroyAfter } }: { visit: Kept }) {
  const { t } = useTranslation()
  const [now] = useState(() => Date.now())
  const [from, to] = [Date.parse(startsAt), Date.parse(destroyAfter)]
  const share = Math.min(1, Math.max(0, (now - from) / (to - from || 1)))
  const percent = Math.round(share * 100)
  return (
    <progress max={100} value={percent} aria-label={t('retention.timeUsed')}>
      {percent}%
    </progress>
  )
}

/** Somebody wants it destroyed before its time. */
function Asked({ visit, onChoose }: { visit: Kept; onChoose: (choice: Choice) => void }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { destruction } = visit
  if (destruction === null) return null
  const { destructionId, askedBy, askedAt, reason, isMineToDecide } = destruction
  return (
    <div className="vv-stack vv-stack--close">
      <p>{t('retention.destructionAsked', { name: askedBy, when: short(askedAt) })}</p>
      <p className="vv-typed">{reason}</p>
      {isMineToDecide ? (
        <div className="vv-row">
          <Button
            isSmall
            look="danger"
            onClick={() => onChoose({ what: 'decideDestruction', destructionId, isApproved: true })}
          >
            {t('retention.destroyNow')}
          </Button>
          <Button
            isSmall
            look="secondary"
            onClick={() =>
              onChoose({ what: 'decideDestruction', destructionId, isApproved: false })
            }
          >
            {t('retention.keepIt')}
          </Button>
        </div>
      ) : (
        <p className="vv-soft">{t('retention.anotherDecides')}</p>
      )}
    </div>
  )
}

const BYTES_A_MEGABYTE = 1_000_000

function megabytes(bytes: number): number {
  return Math.ceil(bytes / BYTES_A_MEGABYTE)
}
