import {
  DualTime,
  Icon,
  Panel,
  StateTag,
  Tag,
  buttonClass,
  clockTime,
  minutesAndSeconds,
  ownZone,
  untilInWords,
  useNow,
} from '@visavis/ui'
import { useNames } from '@visavis/ui/visit/use-names.ts'
import type { VisitOfMine } from '@visavis/ui/visit/visit-list.ts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ListedVisit } from './arrange.ts'
import { BookingLinks } from './BookingLinks.tsx'

type CardProps = { readonly visit: VisitOfMine; readonly kind: 'now' | 'upcoming' | 'past' }
type VisitCardProps = Pick<CardProps, 'kind'> & { readonly listed: ListedVisit }

/** One visit of the list: with whom, when, where, and what can be done. */
export function VisitCard({ listed: { visit, booking }, kind }: VisitCardProps) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <div className="vv-row vv-row--spread">
          <h3 className="vv-card-title">
            {t('visits.withWhom', { names: names(visit.withWhom) })}
          </h3>
          <CardState visit={visit} kind={kind} />
        </div>
        <DualTime
          startsAt={visit.startsAt}
          endsAt={visit.endsAt}
          facilityZone={visit.facility.timeZone}
        />
        <p className="vv-soft">{visit.facility.name}</p>
        {booking?.linkCentre && (
          <p>
            {booking.linkCentre.name}, {booking.linkCentre.room}, {booking.linkCentre.address}
          </p>
        )}
        {kind !== 'past' && visit.acknowledgedAt !== null && (
          <p className="vv-row">
            <Icon name="check" size="1.1em" />
            {t('visits.acknowledged', { names: names(visit.withWhom) })}
          </p>
        )}
        <CardAction visit={visit} kind={kind} />
        {kind === 'upcoming' && !booking?.linkCentre && (
          <p>
            <Link to={`/visits/${visit.visitId}/try`}>{t('tryDevice.now')}</Link>
          </p>
        )}
        {kind !== 'past' && booking && <BookingLinks booking={booking} />}
      </div>
    </Panel>
  )
}

function CardState({ visit, kind }: CardProps) {
  const { t } = useTranslation()
  if (kind !== 'past') return <StateTag state={visit.state} />
  if (visit.outcome === null) return null
  const isGood = visit.outcome === 'COMPLETED'
  return <Tag tone={isGood ? 'good' : 'plain'}>{t(`outcomeShort.${visit.outcome}`)}</Tag>
}

function CardAction({ visit, kind }: CardProps) {
  const { t } = useTranslation()
  if (kind === 'past') {
    return (
      <>
        <Talked visit={visit} />
        <p>
          <Link to={`/receipt/${visit.visitId}`}>{t('visits.receipt')}</Link>
        </p>
      </>
    )
  }
  if (kind === 'upcoming') return <Opens visit={visit} />
  return (
    <>
      <NoticeTags visit={visit} />
      <p>
        <Link to={`/visits/${visit.visitId}/check`} className={buttonClass({ isWide: true })}>
          {t('visits.join')}
        </Link>
      </p>
    </>
  )
}

function NoticeTags({ visit: { notice } }: { visit: VisitOfMine }) {
  const { t } = useTranslation()
  return (
    <p className="vv-row">
      <Tag>
        <Icon name={notice.monitor === 'NONE' ? 'lock' : 'eye'} size="1.1em" />
        {t(`notice.short.${notice.monitor}`)}
      </Tag>
      <Tag>
        {notice.isRecorded && <Icon name="record" size="0.8em" />}
        {t(notice.isRecorded ? 'notice.shortRecorded' : 'notice.shortNotRecorded')}
      </Tag>
    </p>
  )
}

function Opens({ visit }: { visit: VisitOfMine }) {
  const { t, i18n } = useTranslation()
  const nowMs = useNow()
  const opensMs = Math.max(nowMs, new Date(visit.opensAt).getTime())
  const when = untilInWords(nowMs, opensMs, i18n.language)
  const time = clockTime(visit.opensAt, { language: i18n.language, timeZone: ownZone() })
  return <p>{t('visits.opens', { when, time })}</p>
}

function Talked({ visit }: { visit: VisitOfMine }) {
  const { t } = useTranslation()
  if (visit.deliveredMs === 0) return null
  return (
    <p className="vv-soft vv-small vv-numbers">
      {t('visits.talked', {
        delivered: minutesAndSeconds(visit.deliveredMs),
        booked: minutesAndSeconds(visit.bookedMs),
      })}
    </p>
  )
}
