import { Button, Icon, Panel, Tag, clockRange, clockTime, useNow } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { CheckInDialog } from './CheckInDialog.tsx'
import { RoomCode } from './RoomCode.tsx'
import { RoomHelp } from './RoomHelp.tsx'
import { deskPhase, mayCheckIn } from './desk-visit.ts'
import type { DeskPerson, DeskPhase, DeskVisit } from './desk-visit.ts'

export type CardProps = {
  readonly visit: DeskVisit
  readonly timeZone: string
  readonly onChange: () => void
}

/** One visit of the day: its people, each to be checked in, and the room's device. */
export function DeskVisitCard({ visit, timeZone, onChange }: CardProps) {
  const { t, i18n } = useTranslation()
  const [person, check] = useState<DeskPerson | null>(null)
  const phase = deskPhase(visit, useNow())
  const time = clockRange(visit.startsAt, visit.endsAt, { language: i18n.language, timeZone })
  const done = () => {
    check(null)
    onChange()
  }
  return (
    <Panel as="article">
      <div className="vv-stack vv-stack--near">
        <div className="vv-host__visit-head">
          <h3 className="vv-numbers">{t('host.visitTitle', { time, room: visit.room.name })}</h3>
          <PhaseTag visit={visit} phase={phase} />
        </div>
        <RoomHelp visit={visit} onChange={onChange} />
        <p className="vv-soft">
          {t('host.with', { name: visit.inmateFirstName, facility: visit.facilityName })}
        </p>
        <ul className="vv-host__people">
          {visit.visitors.map((each) => (
            <li key={each.seatId}>
              <PersonLine person={each} phase={phase} timeZone={timeZone} onCheck={check} />
            </li>
          ))}
        </ul>
        {phase === 'CHECK_IN' && <p className="vv-soft">{t('host.seeAdultsFirst')}</p>}
        {(phase === 'CODE' || phase === 'READY') && (
          <RoomCode visit={visit} timeZone={timeZone} onChange={onChange} />
        )}
        {phase === 'OVER' && (
          <p>
            <Link to={`/receipt/${visit.visitId}`}>{t('host.receipt')}</Link>
          </p>
        )}
      </div>
      {person !== null && (
        <CheckInDialog
          visit={visit}
          person={person}
          timeZone={timeZone}
          onDone={done}
          onClose={() => check(null)}
        />
      )}
    </Panel>
  )
}

function PhaseTag({ visit, phase }: { visit: DeskVisit; phase: DeskPhase }) {
  const { t } = useTranslation()
  if (visit.outcome !== null) return <Tag>{t(`outcomeShort.${visit.outcome}`)}</Tag>
  const tone = { CHECK_IN: 'warn', CODE: 'action', READY: 'good', OVER: 'plain' } as const
  return <Tag tone={tone[phase]}>{t(`host.phase.${phase}`)}</Tag>
}

type PersonLineProps = {
  readonly person: DeskPerson
  readonly phase: DeskPhase
  readonly timeZone: string
  readonly onCheck: (person: DeskPerson) => void
}

function PersonLine({ person, phase, timeZone, onCheck }: PersonLineProps) {
  const { t, i18n } = useTranslation()
  const { name, isAdult, checkedInAt } = person
  return (
    <div className="vv-host__person">
      <span>
        {name} {!isAdult && <Tag>{t('host.child')}</Tag>}
      </span>
      {checkedInAt !== null && (
        <span className="vv-host__seen">
          <Icon name="check" />
          {t('host.seenAt', {
            time: clockTime(checkedInAt, { language: i18n.language, timeZone }),
          })}
        </span>
      )}
      {mayCheckIn(person, phase) && (
        <Button
          look={isAdult ? 'primary' : 'secondary'}
          isSmall
          aria-label={t('host.checkInLabel', { name })}
          onClick={() => onCheck(person)}
        >
          {t('host.checkIn')}
        </Button>
      )}
    </div>
  )
}
