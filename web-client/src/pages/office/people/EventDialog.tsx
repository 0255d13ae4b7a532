import { Notice, TextField, useResource } from '@visavis/ui'
import type { FormProblem } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../api/api.ts'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { PickField } from '../parts/Fields.tsx'
import { FormDialog } from '../parts/FormDialog.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { readLocal, writeLocal } from '../parts/office-time.ts'
import type { InmateFile } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import type { InmateEvent } from './InmateEvents.tsx'

type EventBody = CallInput<'inmateEvent'>['body']
type EventDialogProps = {
  readonly file: InmateFile
  readonly event: InmateEvent
  readonly onClose: () => void
  readonly onDone: (words: string) => void
}

const WING_ID = 'event-wing'
const AT_ID = 'event-at'

/** Asks for the facts of an event, says what follows, then enters it. */
export function EventDialog({ file, event, onClose, onDone }: EventDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { timeZone } = useOffice()
  const act = useAct()
  const check = useEventCheck(event)
  const send = async (form: FormData) => {
    const body = bodyOf(event, {
      version: file.version,
      wing: textOf(form, 'wing').trim(),
      toFacilityId: textOf(form, 'facility'),
      at: readLocal(textOf(form, 'at'), timeZone) ?? '',
    })
    const { inmateId } = file.inmate
    const done = await act.run(() => call('inmateEvent', { params: { inmateId }, body }))
    if (done === null) return
    const cancelled = t('officePeople.eventCancelled', { count: done.cancelled.length })
    const tasks = t('officePeople.eventTasks', { count: done.tasks.length })
    onDone([t('officePeople.eventDone'), cancelled, tasks].join(' '))
  }
  return (
    <FormDialog
      title={t(`officePeople.event.${event}`)}
      submitLabel={t(`officePeople.event.${event}`)}
      isDanger
      act={act}
      onClose={onClose}
      onSubmit={(form) => void send(form)}
      check={check}
    >
      {(errorOf) => <EventFields event={event} errorOf={errorOf} />}
    </FormDialog>
  )
}

function hasWing(event: InmateEvent): boolean {
  return event === 'TRANSFER' || event === 'MOVE_WING'
}

function useEventCheck(event: InmateEvent): (form: FormData) => FormProblem[] {
  const { t } = useTranslation()
  const { timeZone } = useOffice()
  return (form) => {
    const isWingMissing = hasWing(event) && textOf(form, 'wing').trim() === ''
    const isTimeMissing = event !== 'MOVE_WING' && readLocal(textOf(form, 'at'), timeZone) === null
    return [
      ...problemIf(isWingMissing, WING_ID, t('officePeople.wingMissing')),
      ...problemIf(isTimeMissing, AT_ID, t('officeForm.timeMissing')),
    ]
  }
}

type EventFieldsProps = {
  readonly event: InmateEvent
  readonly errorOf: (fieldId: string) => string | null
}

function EventFields({ event, errorOf }: EventFieldsProps) {
  const { t } = useTranslation()
  const { timeZone } = useOffice()
  return (
    <>
      <Notice tone="warn" title={t(`officePeople.eventBody.${event}`)} />
      {event === 'TRANSFER' && <FacilityPick />}
      {hasWing(event) && (
        <TextField
          name="wing"
          fieldId={WING_ID}
          label={t('officePeople.newWing')}
          error={errorOf(WING_ID)}
        />
      )}
      {event !== 'MOVE_WING' && (
        <TextField
          type="datetime-local"
          name="at"
          fieldId={AT_ID}
          label={t('officePeople.eventAt')}
          defaultValue={writeLocal(new Date().toISOString(), timeZone)}
          error={errorOf(AT_ID)}
        />
      )}
    </>
  )
}

function FacilityPick() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { facilityId: ours } = useOffice()
  return (
    <Loaded from={useResource(useCallback(() => call('facilities', {}), [call]))}>
      {({ facilities }) => (
        <PickField
          fieldId="event-facility"
          name="facility"
          label={t('officePeople.toFacility')}
          options={facilities
            .filter(({ facilityId }) => facilityId !== ours)
            .map(({ facilityId, name }) => ({ value: facilityId, label: name }))}
        />
      )}
    </Loaded>
  )
}

type EventFacts = {
  readonly version: number
  readonly wing: string
  readonly toFacilityId: string
  readonly at: string
}

function bodyOf(event: InmateEvent, facts: EventFacts): EventBody {
  const { version, wing, toFacilityId, at } = facts
  switch (event) {
    case 'MOVE_WING':
      return { event, version, wing }
    case 'TRANSFER':
      return { event, version, toFacilityId, wing, at }
    case 'RELEASE':
    case 'DEATH':
      return { event, version, at }
  }
}
