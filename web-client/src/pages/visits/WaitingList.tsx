import {
  Button,
  ClockText,
  DualTime,
  FailureNotice,
  Panel,
  Tag,
  buttonClass,
  useNow,
  useResource,
} from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { leftUntil } from '../book/hold.ts'

type Entry = Reply<'waitingList'>['entries'][number]

/** What one waits for and what is offered, and the way to ask again. */
export type Waiting = { readonly entries: readonly Entry[]; readonly reload: () => void }

/** An offer lasts fifteen minutes: it shows soon after it was made. */
const REFRESH_MS = 20_000

/** Asks again and again for what still waits or is offered; nothing until the first answer. */
export function useWaiting(): Waiting {
  const { call } = useSession()
  const list = useResource(useCallback(() => call('waitingList', {}), [call]))
  const reload = list.phase === 'loading' ? null : list.reload
  useEffect(() => {
    if (reload === null) return undefined
    const timer = setInterval(reload, REFRESH_MS)
    return () => clearInterval(timer)
  }, [reload])
  if (list.phase !== 'ready') return { entries: [], reload: () => undefined }
  const { data } = list
  const entries = data.entries.filter(({ state }) => state === 'WAITING' || state === 'OFFERED')
  return { entries, reload: list.reload }
}

type WaitingListProps = { readonly waiting: Waiting; readonly onChange: () => void }

/** Times one waits for, and places that are offered for a quarter of an hour (BK-10). */
export function WaitingList({ waiting: { entries, reload }, onChange }: WaitingListProps) {
  const { t } = useTranslation()
  if (entries.length === 0) return null
  const left = () => {
    reload()
    onChange()
  }
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('bookings.waitingTitle')}</h2>
      <ul className="vv-list">
        {entries.map((entry) => (
          <li key={entry.waitingId}>
            <EntryCard entry={entry} onLeft={left} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function EntryCard({ entry, onLeft }: { entry: Entry; onLeft: () => void }) {
  const { t } = useTranslation()
  const isOffer = entry.state === 'OFFERED' && entry.offeredVisitId !== null
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <div className="vv-row vv-row--spread">
          <h3 className="vv-card-title">
            {t('visits.withWhom', { names: entry.inmate.displayName })}
          </h3>
          <Tag tone={isOffer ? 'good' : 'plain'}>
            {t(isOffer ? 'bookings.offered' : 'bookings.waiting')}
          </Tag>
        </div>
        <DualTime {...entry} facilityZone={entry.facility.timeZone} />
        {isOffer ? <Offer entry={entry} /> : <Position position={entry.position} />}
        <Leave waitingId={entry.waitingId} onLeft={onLeft} />
      </div>
    </Panel>
  )
}

function Offer({ entry: { offerExpiresAt, offeredVisitId } }: { entry: Entry }) {
  const { t } = useTranslation()
  const leftMs = leftUntil(offerExpiresAt, useNow())
  return (
    <>
      <p role="status">{t('bookings.offerBody')}</p>
      <p>
        {t('booking.heldFor')}{' '}
        <strong className="vv-countdown">
          <ClockText lengthMs={leftMs} />
        </strong>
      </p>
      <p>
        <Link to={`/book/held/${offeredVisitId ?? ''}`} className={buttonClass({ isWide: true })}>
          {t('bookings.take')}
        </Link>
      </p>
    </>
  )
}

function Position({ position }: Pick<Entry, 'position'>) {
  const { t } = useTranslation()
  if (position === null) return null
  return <p>{t('booking.waiting', { position })}</p>
}

function Leave({ waitingId, onLeft }: { waitingId: string; onLeft: () => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const leave = async () => {
    setIsBusy(true)
    const result = await call('leaveWaitingList', { params: { waitingId } })
    setIsBusy(false)
    setCode(result.ok ? null : result.code)
    if (result.ok) onLeft()
  }
  return (
    <div>
      {code !== null && <FailureNotice code={code} />}
      <Button look="quiet" isBusy={isBusy} onClick={() => void leave()}>
        {t('bookings.leave')}
      </Button>
    </div>
  )
}
