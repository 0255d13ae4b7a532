import { useTranslation } from 'react-i18next'
import {
  capitalised,
  clockRange,
  clocksDiffer,
  dayName,
  daysDiffer,
  ownZone,
  zoneName,
} from '../time/visit-time.ts'
import type { TimeOptions } from '../time/visit-time.ts'

type DualTimeProps = {
  readonly startsAt: string
  readonly endsAt: string
  /** The facility's IANA zone. */
  readonly facilityZone: string
  /** The reader's own zone; the device's if left out. */
  readonly zone?: string
}

/** When a visit is, by the reader's clock and, where it differs, by the facility's (BK-6). */
export function DualTime({ startsAt, endsAt, facilityZone, zone = ownZone() }: DualTimeProps) {
  const { t, i18n } = useTranslation()
  const own: TimeOptions = { language: i18n.language, timeZone: zone }
  const theirs: TimeOptions = { language: i18n.language, timeZone: facilityZone }
  const hasTwoClocks = clocksDiffer(startsAt, zone, facilityZone)
  const theirDay = daysDiffer(startsAt, zone, facilityZone) ? `${dayName(startsAt, theirs)}, ` : ''
  return (
    <div className="vv-dual-time">
      <p className="vv-dual-time__own">
        <time dateTime={startsAt}>
          {capitalised(dayName(startsAt, own), i18n.language)},{' '}
          <span className="vv-together">{clockRange(startsAt, endsAt, own)}</span>
        </time>
        {hasTwoClocks && <span className="vv-soft vv-small"> {t('time.yourTime')}</span>}
      </p>
      {hasTwoClocks && (
        <p className="vv-dual-time__facility">
          {t('time.atFacility', {
            time: `${theirDay}${clockRange(startsAt, endsAt, theirs)}`,
            zone: zoneName(startsAt, theirs),
          })}
        </p>
      )}
    </div>
  )
}
