import { RadioGroup, TextField } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemIf } from '../../forms/use-problems.ts'
import { textOf } from '../../forms/form-text.ts'
import { useSession } from '../../session/session.ts'
import { FormDialog } from '../office/parts/FormDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { DeskObstacle } from './DeskObstacle.tsx'
import type { DeskPerson, DeskVisit } from './desk-visit.ts'

/** Documents as the record names them, the same in every language of the page. */
const DOCUMENTS = {
  passport: 'passport',
  identityCard: 'identity card',
  drivingLicence: 'driving licence',
} as const
const KINDS = ['passport', 'identityCard', 'drivingLicence', 'other'] as const
type Kind = (typeof KINDS)[number]

/** The server takes no shorter name of a document. */
const SHORTEST_NAME = 2
const OTHER_ID = 'host-document-other'
const KIND_ID = 'host-document-kind'

type CheckInDialogProps = {
  readonly visit: DeskVisit
  readonly person: DeskPerson
  readonly timeZone: string
  readonly onDone: () => void
  readonly onClose: () => void
}

/** The host says which document they saw; it counts as the check of identity on site (LV-3). */
export function CheckInDialog({ visit, person, timeZone, onDone, onClose }: CheckInDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  // Nothing is chosen at first: it is written down that the host saw this very document.
  const [kind, choose] = useState<Kind | null>(null)
  const nameOf = (form: FormData) => {
    if (kind === null) return ''
    return kind === 'other' ? textOf(form, 'other').trim() : DOCUMENTS[kind]
  }
  const submit = async (form: FormData) => {
    const body = { seatId: person.seatId, documentName: nameOf(form) }
    const params = { visitId: visit.visitId }
    const done = await act.run(() => call('checkIn', { params, body }))
    if (done !== null) onDone()
  }
  return (
    <FormDialog
      title={t('host.checkInTitle', { name: person.name })}
      submitLabel={t('host.checkInDone')}
      act={act}
      check={(form) =>
        kind === null
          ? problemIf(true, KIND_ID, t('host.documentUnchosen'))
          : problemIf(nameOf(form).length < SHORTEST_NAME, OTHER_ID, t('host.documentMissing'))
      }
      onSubmit={(form) => void submit(form)}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <DeskObstacle failure={act.failure} timeZone={timeZone} />
          <DocumentChoice kind={kind} errorOf={errorOf} onChoose={choose} />
          <p className="vv-soft vv-small">{t('host.checkInHint')}</p>
        </>
      )}
    </FormDialog>
  )
}

type DocumentChoiceProps = {
  readonly kind: Kind | null
  readonly errorOf: (fieldId: string) => string | null
  readonly onChoose: (kind: Kind) => void
}

function DocumentChoice({ kind, errorOf, onChoose }: DocumentChoiceProps) {
  const { t } = useTranslation()
  return (
    <>
      <RadioGroup
        legend={t('host.document')}
        value={kind}
        error={errorOf(KIND_ID)}
        options={KINDS.map((value) => ({ value, label: t(`host.documentKind.${value}`) }))}
        onChoose={(value) => onChoose(value as Kind)}
      />
      {kind === 'other' && (
        <TextField
          fieldId={OTHER_ID}
          name="other"
          label={t('host.documentName')}
          error={errorOf(OTHER_ID)}
          maxLength={100}
          autoComplete="off"
        />
      )}
    </>
  )
}
