import {
  Button,
  FailureNotice,
  Notice,
  Panel,
  SummaryList,
  DualTime,
  ownZone,
  useResource,
} from '@visavis/ui'
import { dateIn } from '@visavis/ui/time/calendar-date.ts'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { ChoiceList } from '../../forms/ChoiceList.tsx'
import { useSession } from '../../session/session.ts'
import { BookingFailure } from './BookingFailure.tsx'
import type { BookingFailureProps } from './BookingFailure.tsx'
import { BookingFrame } from './BookingFrame.tsx'
import { daysOf, isOpenDay } from './calendar.ts'
import { DayGrid } from './DayGrid.tsx'
import { PlaceTime } from './PlaceTime.tsx'
import { TimeList } from './TimeList.tsx'
import type { Booking, Place, Places } from './types.ts'
import { WithParty } from './WithParty.tsx'

/** Another time for the same people: the nearest ones at a press, or any day (BK-12, BK-13). */
export function RebookPage() {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  const page = parameters.has('slot') ? 'moveCheck' : parameters.has('day') ? 'moveTime' : 'move'
  return (
    <BookingFrame title={t(`booking.${page}Title`)}>
      {(booking) =>
        booking.actions.includes('REBOOK') ? (
          <WithParty booking={booking}>
            {({ places }) => <Move booking={booking} places={without(places, booking.slotId)} />}
          </WithParty>
        ) : (
          <FailureNotice code="BOOKING_WRONG_STATE">
            <Link to="/visits">{t('booking.toVisits')}</Link>
          </FailureNotice>
        )
      }
    </BookingFrame>
  )
}

/** The time that it is at already is no other time. */
function without({ places, ...rest }: Places, slotId: string | null): Places {
  return { ...rest, places: places.filter((place) => place.slotId !== slotId) }
}

type MoveProps = { readonly booking: Booking; readonly places: Places }

/** Which page of it is shown stands in the address, so that back and reload work. */
function Move({ booking, places }: MoveProps) {
  const [parameters, setParameters] = useSearchParams()
  const day = parameters.get('day')
  const slotId = parameters.get('slot')
  const place = places.places.find((each) => each.slotId === slotId)
  const chooseSlot = (slot: string) => setParameters({ ...(day === null ? {} : { day }), slot })
  if (place) return <CheckMove booking={booking} place={place} onOther={chooseSlot} />
  if (day !== null) {
    return <MoveTimes places={places} day={day} onChoose={(next) => chooseSlot(next.slotId)} />
  }
  return (
    <>
      <OldTime booking={booking} />
      <Nearest booking={booking} onChoose={chooseSlot} />
      <MoveDays places={places} onChoose={(date) => setParameters({ day: date })} />
    </>
  )
}

function OldTime({ booking }: { booking: Booking }) {
  const { t } = useTranslation()
  return (
    <Panel>
      <p className="vv-soft">{t('booking.oldTime', { name: booking.inmate.displayName })}</p>
      <DualTime {...booking} facilityZone={booking.facility.timeZone} />
    </Panel>
  )
}

function Nearest({ booking, onChoose }: { booking: Booking; onChoose: (slotId: string) => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { visitId } = booking
  const near = useResource(
    useCallback(() => call('alternatives', { params: { visitId } }), [call, visitId]),
  )
  if (near.phase !== 'ready') return null
  const others = near.data.places.filter(({ slotId }) => slotId !== booking.slotId)
  if (others.length === 0) return null
  return (
    <section className="vv-stack vv-stack--close">
      <h2>{t('booking.nearest')}</h2>
      <ChoiceList
        chosen={null}
        onChoose={onChoose}
        choices={others.map((place) => ({
          value: place.slotId,
          title: <PlaceTime place={place} facilityZone={booking.facility.timeZone} hasDay />,
        }))}
      />
    </section>
  )
}

function MoveDays({ places, onChoose }: { places: Places; onChoose: (date: string) => void }) {
  const { t } = useTranslation()
  const [nowMs] = useState(() => Date.now())
  const days = daysOf({ places: places.places, full: [], timeZone: ownZone(), nowMs })
  if (!days.some(isOpenDay)) return <Notice tone="warn">{t('booking.noPlacesTitle')}</Notice>
  return (
    <section className="vv-stack vv-stack--close">
      <h2>{t('booking.allDays')}</h2>
      <DayGrid days={days} chosen={null} onChoose={onChoose} />
    </section>
  )
}

type MoveTimesProps = {
  readonly places: Places
  readonly day: string
  readonly onChoose: (place: Place) => void
}

function MoveTimes({ places, day, onChoose }: MoveTimesProps) {
  const { t } = useTranslation()
  return (
    <>
      <TimeList
        free={places.places.filter(({ startsAt }) => dateIn(startsAt, ownZone()) === day)}
        full={[]}
        facilityZone={places.facility.timeZone}
        chosen={null}
        onChoose={onChoose}
      />
      <p>
        <Link to="?">{t('booking.otherDay')}</Link>
      </p>
    </>
  )
}

type CheckMoveProps = {
  readonly booking: Booking
  readonly place: Place
  readonly onOther: (slotId: string) => void
}

function CheckMove({ booking, place, onOther }: CheckMoveProps) {
  const { t } = useTranslation()
  const { isBusy, failure, move } = useMoving(booking, place)
  const facilityZone = booking.facility.timeZone
  return (
    <>
      {failure && (
        <BookingFailure
          failure={failure}
          facilityZone={facilityZone}
          onAlternative={(next) => onOther(next.slotId)}
        />
      )}
      <Panel>
        <SummaryList
          rows={[
            {
              term: t('booking.timeBefore'),
              value: <DualTime {...booking} facilityZone={facilityZone} />,
            },
            {
              term: t('booking.timeAfter'),
              value: <DualTime {...place} facilityZone={facilityZone} />,
            },
          ]}
        />
      </Panel>
      <div className="vv-row">
        <Button isWide isBusy={isBusy} onClick={() => void move()}>
          {t('booking.moveConfirm')}
        </Button>
        <Link to="?">{t('booking.otherTime')}</Link>
      </div>
    </>
  )
}

function useMoving({ visitId }: Booking, { slotId }: Place) {
  const { call } = useSession()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const [failure, setFailure] = useState<BookingFailureProps['failure'] | null>(null)
  const move = async () => {
    setIsBusy(true)
    const result = await call('rebook', { params: { visitId }, body: { slotId } })
    setIsBusy(false)
    setFailure(result.ok ? null : result)
    if (result.ok) await navigate(`/book/done/${result.data.visitId}`, { replace: true })
  }
  return { isBusy, failure, move }
}
