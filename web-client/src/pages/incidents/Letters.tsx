import { Button, FailureNotice, ownNameOf, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { incidentUrls } from '../../api/paths.ts'
import { textOf } from '../../forms/form-text.ts'
import { useSession } from '../../session/session.ts'
import { AreaField } from '../office/parts/Fields.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { useMoment } from '../security/use-moment.ts'
import type { IncidentProps } from './IncidentPage.tsx'

type Templates = Reply<'incidentLetters'>

/** What the people are told: written before it goes out, and printed for whom nothing else reaches. */
export function Letters(props: IncidentProps) {
  const { t } = useTranslation()
  const { state, work, lettersOrderedAt, affected } = props.incident
  const [isWriting, write] = useState(false)
  if (lettersOrderedAt !== null) return <Ordered {...props} />
  if (state === 'CLOSED' || work.state !== 'DONE' || affected === 0) return null
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('incidents.letters')}</h2>
      <p>{t('incidents.lettersIntro')}</p>
      {isWriting ? (
        <Writing {...props} />
      ) : (
        <div>
          <Button onClick={() => write(true)}>{t('incidents.writeLetters')}</Button>
        </div>
      )}
    </section>
  )
}

function Writing(props: IncidentProps) {
  const { call } = useSession()
  const { incidentId } = props.incident
  const loaded = useResource(
    useCallback(() => call('incidentLetters', { params: { incidentId } }), [call, incidentId]),
  )
  return (
    <Loaded from={loaded}>{(templates) => <LetterForm {...props} templates={templates} />}</Loaded>
  )
}

function LetterForm({
  incident: { incidentId },
  onDone,
  templates: { letters, slots },
}: IncidentProps & { templates: Templates }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const send = async (form: FormData) => {
    const written = letters.map(({ language }) => ({ language, text: textOf(form, language) }))
    const body = { letters: written }
    const sent = await act.run(() => call('sendIncidentLetters', { params: { incidentId }, body }))
    if (sent !== null) onDone()
  }
  return (
    <form
      className="vv-stack vv-stack--near"
      onSubmit={(event) => {
        event.preventDefault()
        void send(new FormData(event.currentTarget))
      }}
    >
      {act.failure !== null && (
        <FailureNotice code={act.failure.code}>
          {act.failure.fields?.map(({ field, cure }) => (
            <p key={field}>{cure}</p>
          ))}
        </FailureNotice>
      )}
      <p>{t('incidents.slots', { slots: slots.map((slot) => `{${slot}}`).join(', ') })}</p>
      {letters.map(({ language, text }) => (
        <AreaField
          key={language}
          fieldId={`letter-${language}`}
          name={language}
          label={ownNameOf(language)}
          first={text}
        />
      ))}
      <div>
        <Button type="submit" isBusy={act.isBusy}>
          {t('incidents.sendLetters')}
        </Button>
      </div>
    </form>
  )
}

function Ordered({ incident, onDone }: IncidentProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const moment = useMoment()
  const act = useAct()
  const { incidentId, counts, lettersOrderedAt, letters, state } = incident
  const toPrint = counts.reduce((sum, count) => sum + count.toPrint, 0)
  const params = { incidentId }
  const print = async () => {
    const proved = await act.run(() => call('incidentPapers', { params }))
    if (proved !== null) window.location.assign(incidentUrls(incidentId).letters)
  }
  const printed = async () => {
    if ((await act.run(() => call('lettersPrinted', { params }))) !== null) onDone()
  }
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('incidents.letters')}</h2>
      <p>{t('incidents.orderedAt', { when: moment(lettersOrderedAt ?? '') })}</p>
      {letters.map(({ language, text }) => (
        <details key={language} className="vv-details">
          <summary>{ownNameOf(language)}</summary>
          <p className="vv-typed">{text}</p>
        </details>
      ))}
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      {state === 'OPEN' && toPrint > 0 && (
        <>
          <p>{t('incidents.toPrint', { count: toPrint })}</p>
          <div className="vv-row">
            <Button isBusy={act.isBusy} onClick={() => void print()}>
              {t('incidents.print')}
            </Button>
            <Button look="secondary" isBusy={act.isBusy} onClick={() => void printed()}>
              {t('incidents.printed')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
