import { Button, CheckBox, FailureNotice, Notice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Impact } from '../parts/types.ts'
import type { Act } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type ImpactViewProps = {
  readonly impact: Impact
  readonly act: Act
  readonly onSave: () => void
}

/** What saving would do, with everybody who is affected; who affects somebody must say so (BK-7). */
export function ImpactView({ impact, act, onSave }: ImpactViewProps) {
  const { t } = useTranslation()
  const { affected, slotsAdded, slotsRemoved } = impact
  const [hasRead, setHasRead] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  const mustRead = affected.length > 0
  const save = () => {
    setIsAsked(true)
    if (!mustRead || hasRead) onSave()
  }
  return (
    <section className="vv-panel vv-stack vv-stack--near">
      <h2>{t('officeTimetable.impact')}</h2>
      <p>
        {t('officeTimetable.added', { count: slotsAdded })}{' '}
        {t('officeTimetable.removed', { count: slotsRemoved })}
      </p>
      {mustRead ? (
        <>
          <Notice tone="warn" title={t('officeTimetable.affected', { count: affected.length })}>
            <p>{t('officeTimetable.affectedBody')}</p>
          </Notice>
          <AffectedList affected={affected} />
          <CheckBox
            checked={hasRead}
            aria-invalid={isAsked && !hasRead ? true : undefined}
            onChange={(event) => setHasRead(event.target.checked)}
          >
            {t('officeTimetable.haveRead')}
          </CheckBox>
          {isAsked && !hasRead && (
            <p className="govuk-error-message" role="alert">
              {t('officeTimetable.mustRead')}
            </p>
          )}
        </>
      ) : (
        <Notice tone="good" title={t('officeTimetable.nobody')} />
      )}
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div>
        <Button isBusy={act.isBusy} onClick={save}>
          {t('officeTimetable.save')}
        </Button>
      </div>
    </section>
  )
}

function AffectedList({ affected }: Pick<Impact, 'affected'>) {
  const { t } = useTranslation()
  const { short } = useOffice()
  return (
    <ul className="vv-bullets">
      {affected.map(({ visitId, startsAt, inmateName, visitorNames }) => (
        <li key={visitId}>
          <span className="vv-numbers">{short(startsAt)}</span>:{' '}
          {inmateName === ''
            ? t('officeTimetable.ofOthers')
            : `${inmateName} – ${visitorNames.join(', ')}`}
        </li>
      ))}
    </ul>
  )
}
