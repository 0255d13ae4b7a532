import { TextField } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../api/api.ts'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { PickField } from '../parts/Fields.tsx'
import { FormDialog } from '../parts/FormDialog.tsx'
import { dayStart, isDate } from '../parts/office-time.ts'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { otherOf } from './other-side.ts'
import type { RestrictionSectionProps } from './RestrictionSection.tsx'

type RestrictionBody = CallInput<'addRestriction'>['body']
type RestrictionDialogProps = RestrictionSectionProps & { readonly onClose: () => void }

const KINDS = ['NO_CONTACT', 'BAN', 'CHILD_PROTECTION', 'CLOSED_ONLY'] as const
const SOURCES = ['FACILITY', 'COURT'] as const
const UNTIL_ID = 'restriction-until'
const WHY_ID = 'restriction-why'

/** Enters an order, ban or condition; it counts at once, even for a visit that runs (EL-4). */
export function RestrictionDialog({ about, bonds, onClose, onDone }: RestrictionDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const { timeZone, today } = useOffice()
  const act = useAct()
  const send = async (form: FormData) => {
    const until = textOf(form, 'until')
    const other = textOf(form, 'other')
    const body: RestrictionBody = {
      kind: textOf(form, 'kind') as RestrictionBody['kind'],
      source: textOf(form, 'source') as RestrictionBody['source'],
      ...about,
      ...(other === '' ? {} : otherSide(about, other)),
      startsAt: new Date().toISOString(),
      endsAt: until === '' ? null : dayStart(until, timeZone),
      reason: textOf(form, 'reason').trim(),
    }
    const done = await act.run(() => call('addRestriction', { body }))
    if (done === null) return
    onDone(t('officePeople.restrictionAdded', { count: done.affectedVisits.length }))
  }
  const isUntilWrong = (text: string) => text !== '' && (!isDate(text) || text <= today)
  return (
    <FormDialog
      title={t('officePeople.addRestriction')}
      submitLabel={t('officePeople.enter')}
      isDanger
      act={act}
      onClose={onClose}
      onSubmit={(form) => void send(form)}
      check={(form) => [
        ...problemIf(isUntilWrong(textOf(form, 'until')), UNTIL_ID, t('officeForm.dateToCome')),
        ...problemIf(
          textOf(form, 'reason').trim().length < REASON_LENGTH,
          WHY_ID,
          t('officeForm.reasonMissing'),
        ),
      ]}
    >
      {(errorOf) => <RestrictionFields about={about} bonds={bonds} errorOf={errorOf} />}
    </FormDialog>
  )
}

function otherSide({ visitorId }: RestrictionSectionProps['about'], other: string) {
  return visitorId === undefined ? { visitorId: other } : { inmateId: other }
}

type FieldsProps = Pick<RestrictionSectionProps, 'about' | 'bonds'> & {
  readonly errorOf: (fieldId: string) => string | null
}

function RestrictionFields({ about, bonds, errorOf }: FieldsProps) {
  const { t } = useTranslation()
  const others = bonds.map((bond) => otherOf(bond, about))
  return (
    <>
      <p>{t('officePeople.restrictionBody')}</p>
      <PickField
        fieldId="restriction-kind"
        name="kind"
        label={t('officePeople.restriction')}
        options={KINDS.map((value) => ({ value, label: t(`restrictionKind.${value}`) }))}
      />
      <PickField
        fieldId="restriction-source"
        name="source"
        label={t('officePeople.from')}
        options={SOURCES.map((value) => ({ value, label: t(`officePeople.source.${value}`) }))}
      />
      <PickField
        fieldId="restriction-other"
        name="other"
        label={t('officePeople.towards')}
        options={[{ value: '', label: t('officePeople.everybody') }, ...others]}
      />
      <TextField
        type="date"
        name="until"
        fieldId={UNTIL_ID}
        label={t('officePeople.until')}
        hint={t('officePeople.noEndHint')}
        error={errorOf(UNTIL_ID)}
      />
      <ReasonField fieldId={WHY_ID} error={errorOf(WHY_ID)} />
    </>
  )
}
