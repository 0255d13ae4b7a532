import type { LocalMedia } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import { ClockText, DualTime, PageHeading, Panel, SummaryList, buttonClass } from '@visavis/ui'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../AccountPage.tsx'

type EndedProps = { readonly snapshot: VisitSnapshot; readonly media: LocalMedia }

/** How the visit came out, in words, and how long the two really talked. The camera goes off at once. */
export function EndedView({ snapshot, media }: EndedProps) {
  const { t } = useTranslation()
  const outcome = snapshot.outcome ?? 'unknown'
  useEffect(() => media.stop(), [media])
  return (
    <AccountPage>
      <div className="vv-stack">
        <div className="vv-stack vv-stack--close">
          <PageHeading>{t(`outcome.${outcome}.title`)}</PageHeading>
          <p>{t(`outcome.${outcome}.body`)}</p>
        </div>
        <Panel>
          <Receipt snapshot={snapshot} />
        </Panel>
        <p>
          <Link to="/visits" className={buttonClass({ isWide: true })}>
            {t('ended.backToVisits')}
          </Link>
        </p>
      </div>
    </AccountPage>
  )
}

function Receipt({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useTranslation()
  const { clock, facility, startsAt, endsAt } = snapshot
  const when = <DualTime startsAt={startsAt} endsAt={endsAt} facilityZone={facility.timeZone} />
  return (
    <SummaryList
      rows={[
        { term: t('call.delivered'), value: <ClockText lengthMs={clock.deliveredMs} /> },
        { term: t('call.booked'), value: <ClockText lengthMs={clock.bookedMs} /> },
        { term: t('ended.when'), value: when },
        { term: t('ended.facility'), value: facility.name },
      ]}
    />
  )
}
