import { Button, buttonClass } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Done } from '../parts/Done.tsx'
import type { Blackout, Week } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type BlackoutSectionProps = { readonly week: Week; readonly onChanged: () => void }

/** Closed times that touch the week, and the way to close one or open it again. */
export function BlackoutSection({ week, onChanged }: BlackoutSectionProps) {
  const { t } = useTranslation()
  const [told, tell] = useState<string | null>(null)
  const open = week.blackouts.filter(({ isLifted }) => !isLifted)
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('officeTimetable.blackouts')}</h2>
      <Done words={told} />
      {open.length === 0 ? (
        <p className="vv-soft">{t('officeTimetable.noBlackouts')}</p>
      ) : (
        <ul className="vv-list vv-list--near">
          {open.map((blackout) => (
            <li key={blackout.blackoutId}>
              <BlackoutLine
                blackout={blackout}
                week={week}
                onLifted={() => {
                  tell(t('officeTimetable.lifted'))
                  onChanged()
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div>
        <Link
          to={`/office/timetable/closures/new?week=${week.weekOf}`}
          className={buttonClass({ look: 'secondary' })}
        >
          {t('officeTimetable.addBlackout')}
        </Link>
      </div>
    </section>
  )
}

type BlackoutLineProps = {
  readonly blackout: Blackout
  readonly week: Week
  readonly onLifted: () => void
}

function BlackoutLine({ blackout, week, onLifted }: BlackoutLineProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { span } = useOffice()
  const act = useAct()
  const placeWords = usePlaceWords(week)
  const { blackoutId, startsAt, endsAt, reason } = blackout
  const lift = async () => {
    const done = await act.run(() => call('liftBlackout', { params: { blackoutId } }))
    if (done !== null) onLifted()
  }
  return (
    <div className="vv-row">
      <span>
        <strong>{placeWords(blackout)}</strong>:{' '}
        <span className="vv-numbers">{span(startsAt, endsAt)}</span>. {reason}
      </span>
      <Button
        look="quiet"
        isSmall
        isBusy={act.isBusy}
        aria-label={t('officeTimetable.liftLabel', { reason })}
        onClick={() => void lift()}
      >
        {t('officeTimetable.lift')}
      </Button>
      <span role="status">{act.failure && t(`errors.${act.failure.code}.happened`)}</span>
    </div>
  )
}

function usePlaceWords({ terminals }: Week): (blackout: Blackout) => string {
  const { t } = useTranslation()
  return ({ scope, wing, terminalId }) => {
    if (wing !== undefined) return t('officeMovements.wing', { wing })
    const terminal = terminals.find((each) => each.terminalId === terminalId)
    return terminal?.name ?? t(`blackoutScope.${scope}`)
  }
}
