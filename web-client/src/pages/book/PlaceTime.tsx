import {
  capitalised,
  clockRange,
  clocksDiffer,
  dayName,
  daysDiffer,
  ownZone,
  zoneName,
} from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Place } from './types.ts'

type PlaceTimeProps = {
  readonly place: Pick<Place, 'startsAt' | 'endsAt'>
  readonly facilityZone: string
  /** Also names the day. */
  readonly hasDay?: boolean
}

/** A time by the reader's clock, big, and small by the facility's where it differs (BK-6). */
export function PlaceTime({ place, facilityZone, hasDay = false }: PlaceTimeProps) {
  const { t, i18n } = useTranslation()
  const { startsAt, endsAt } = place
  const zone = ownZone()
  const own = { language: i18n.language, timeZone: zone }
  const theirs = { language: i18n.language, timeZone: facilityZone }
  const theirDay = daysDiffer(startsAt, zone, facilityZone) ? `${dayName(startsAt, theirs)}, ` : ''
  return (
    <span className="vv-place-time">
      <span className="vv-place-time__own vv-numbers">
        {hasDay && (
          <span className="vv-place-time__day">
            {capitalised(dayName(startsAt, own), i18n.language)},{' '}
          </span>
        )}
        <span className="vv-together">{clockRange(startsAt, endsAt, own)}</span>
      </span>
      {clocksDiffer(startsAt, zone, facilityZone) && (
        <span className="vv-soft vv-small vv-numbers">
          {t('time.atFacility', {
            time: `${theirDay}${clockRange(startsAt, endsAt, theirs)}`,
            zone: zoneName(startsAt, theirs),
          })}
        </span>
      )}
    </span>
  )
}
