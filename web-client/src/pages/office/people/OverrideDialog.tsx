import { Notice, TextField } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { PickField } from '../parts/Fields.tsx'
import { FormDialog } from '../parts/FormDialog.tsx'
import { addDays, dayStart, isDate } from '../parts/office-time.ts'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import type { Bond, Restriction } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'

type OverrideDialogProps = {
  readonly restriction: Restriction
  readonly bonds: readonly Bond[]
  readonly onClose: () => void
  readonly onDone: (words: string) => void
}

const UNTIL_ID = 'override-until'
const WHY_ID = 'override-why'
const PAIR_ID = 'override-pair'
/** Exceptions are for an occasion, not for good. */
const FIRST_DAYS = 14

/** Asks a second person for an exception between two people (EL-5). */
export function OverrideDialog({ restriction, bonds, onClose, onDone }: OverrideDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { timeZone, today } = useOffice()
  const act = useAct()
  const { restrictionId } = restriction
  const pairs = bonds.filter((bond) => isOn(restriction, bond))
  const bondOf = (form: FormData) =>
    pairs.find(({ relationshipId }) => relationshipId === textOf(form, 'pair'))
  const isUntilWrong = (text: string) => !isDate(text) || text <= today
  const send = async (form: FormData) => {
    const { visitor, inmate } = bondOf(form) ?? {}
    if (!visitor || !inmate) return
    const body = {
      visitorId: visitor.visitorId,
      inmateId: inmate.inmateId,
      reason: textOf(form, 'reason').trim(),
      expiresAt: dayStart(textOf(form, 'until'), timeZone),
    }
    const done = await act.run(() => call('askOverride', { params: { restrictionId }, body }))
    if (done !== null) onDone(t('officePeople.overrideSent'))
  }
  return (
    <FormDialog
      title={t('officePeople.askOverride')}
      submitLabel={t('officePeople.ask')}
      act={act}
      onClose={onClose}
      onSubmit={(form) => void send(form)}
      check={(form) => [
        ...problemIf(bondOf(form) === undefined, PAIR_ID, t('officePeople.noPair')),
        ...problemIf(isUntilWrong(textOf(form, 'until')), UNTIL_ID, t('officeForm.dateToCome')),
        ...problemIf(
          textOf(form, 'reason').trim().length < REASON_LENGTH,
          WHY_ID,
          t('officeForm.reasonMissing'),
        ),
      ]}
    >
      {(errorOf) => (
        <OverrideFields pairs={pairs} first={addDays(today, FIRST_DAYS)} errorOf={errorOf} />
      )}
    </FormDialog>
  )
}

function isOn({ visitorId, inmateId }: Restriction, { visitor, inmate }: Bond): boolean {
  const isVisitor = visitorId === null || visitorId === visitor.visitorId
  return isVisitor && (inmateId === null || inmateId === inmate.inmateId)
}

type OverrideFieldsProps = {
  readonly pairs: readonly Bond[]
  readonly first: string
  readonly errorOf: (fieldId: string) => string | null
}

function OverrideFields({ pairs, first, errorOf }: OverrideFieldsProps) {
  const { t } = useTranslation()
  const options = pairs.map(({ relationshipId, visitor, inmate }) => ({
    value: relationshipId,
    label: `${visitor.givenName} ${visitor.familyName} – ${inmate.givenName} ${inmate.familyName}`,
  }))
  return (
    <>
      <Notice title={t('officePeople.secondPerson')} />
      <PickField
        fieldId={PAIR_ID}
        name="pair"
        label={t('officePeople.betweenWhom')}
        options={options}
      />
      <TextField
        type="date"
        name="until"
        fieldId={UNTIL_ID}
        label={t('officePeople.until')}
        defaultValue={first}
        error={errorOf(UNTIL_ID)}
      />
      <ReasonField fieldId={WHY_ID} error={errorOf(WHY_ID)} />
    </>
  )
}
