import { Button, FailureNotice } from '@visavis/ui'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../forms/form-text.ts'
import { useSession } from '../../session/session.ts'
import { AreaField } from '../office/parts/Fields.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { useMoment } from '../security/use-moment.ts'
import type { IncidentProps } from './IncidentPage.tsx'

/** What was found and done; only ever added to. */
export function Notes({ incident, onDone }: IncidentProps) {
  const { t } = useTranslation()
  const moment = useMoment()
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('incidents.notes')}</h2>
      {incident.notes.length === 0 && <p className="vv-soft">{t('incidents.noNotes')}</p>}
      <ul className="vv-bullets">
        {incident.notes.map(({ at, by, text }) => (
          <li key={`${at} ${text}`}>
            <span className="vv-soft">
              {moment(at)}, {by}:
            </span>{' '}
            <span className="vv-typed">{text}</span>
          </li>
        ))}
      </ul>
      {incident.state === 'OPEN' && <NoteForm incident={incident} onDone={onDone} />}
    </section>
  )
}

function NoteForm({ incident: { incidentId }, onDone }: IncidentProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const form = useRef<HTMLFormElement>(null)
  const save = async () => {
    if (!form.current) return
    const body = { text: textOf(new FormData(form.current), 'text') }
    const saved = await act.run(() => call('noteIncident', { params: { incidentId }, body }))
    if (saved === null) return
    form.current.reset()
    onDone()
  }
  return (
    <form
      ref={form}
      className="vv-stack vv-stack--close"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <AreaField fieldId="incident-note" name="text" label={t('incidents.newNote')} />
      <div>
        <Button type="submit" look="secondary" isBusy={act.isBusy}>
          {t('incidents.noteIt')}
        </Button>
      </div>
    </form>
  )
}
