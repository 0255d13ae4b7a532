import { TextField } from '@visavis/ui'
import type { FormProblem } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../api/api.ts'
import { textOf } from '../../../forms/form-text.ts'
import { problemIf } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { FormDialog } from '../parts/FormDialog.tsx'
import { dayStart, isDate } from '../parts/office-time.ts'
import { REASON_LENGTH, ReasonField } from '../parts/ReasonDialog.tsx'
import type { Bond } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import type { StaffMove } from './relationship-moves.ts'

type MoveDialogProps = {
  readonly bond: Bond
  readonly move: StaffMove
  readonly onClose: () => void
  readonly onDone: (words: string) => void
}
type MoveBody = CallInput<'moveRelationship'>['body']

const UNTIL_ID = 'move-until'
const WHY_ID = 'move-why'

/** Asks until when and why, says what follows, then moves a relationship (EL-1). */
export function MoveDialog({ bond, move, onClose, onDone }: MoveDialogProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const check = useMoveCheck(move)
  const untilOf = useUntil()
  const { relationshipId, version } = bond
  const send = async (form: FormData) => {
    const reason = textOf(form, 'reason').trim()
    const body = bodyOf({ move, version, reason, until: untilOf(form) })
    const done = await act.run(() => call('moveRelationship', { params: { relationshipId }, body }))
    if (done !== null) onDone(t('officePeople.moved'))
  }
  return (
    <FormDialog
      title={t(`officePeople.move.${move}`)}
      submitLabel={t(`officePeople.move.${move}`)}
      isDanger={move !== 'RESTORE'}
      act={act}
      onClose={onClose}
      onSubmit={(form) => void send(form)}
      check={check}
    >
      {(errorOf) => (
        <>
          <p>{t(`officePeople.moveBody.${move}`)}</p>
          {hasUntil(move) && (
            <TextField
              type="date"
              name="until"
              fieldId={UNTIL_ID}
              label={t('officePeople.until')}
              {...(move === 'BAN' ? { hint: t('officePeople.forEver') } : {})}
              error={errorOf(UNTIL_ID)}
            />
          )}
          <ReasonField fieldId={WHY_ID} error={errorOf(WHY_ID)} />
        </>
      )}
    </FormDialog>
  )
}

function hasUntil(move: StaffMove): boolean {
  return move === 'SUSPEND' || move === 'BAN'
}

/** The instant of the day typed, by the facility's clock; null: none, or none to come. */
function useUntil(): (form: FormData) => string | null {
  const { timeZone, today } = useOffice()
  return (form) => {
    const text = textOf(form, 'until')
    return isDate(text) && text > today ? dayStart(text, timeZone) : null
  }
}

function useMoveCheck(move: StaffMove): (form: FormData) => FormProblem[] {
  const { t } = useTranslation()
  const untilOf = useUntil()
  return (form) => {
    const isGiven = move === 'SUSPEND' || textOf(form, 'until') !== ''
    const isUntilWrong = hasUntil(move) && isGiven && untilOf(form) === null
    const isShort = textOf(form, 'reason').trim().length < REASON_LENGTH
    return [
      ...problemIf(isUntilWrong, UNTIL_ID, t('officeForm.dateToCome')),
      ...problemIf(isShort, WHY_ID, t('officeForm.reasonMissing')),
    ]
  }
}

type Moved = {
  readonly move: StaffMove
  readonly version: number
  readonly reason: string
  readonly until: string | null
}

function bodyOf({ move, version, reason, until }: Moved): MoveBody {
  switch (move) {
    case 'SUSPEND':
      return { move, version, reason, until: until ?? '' }
    case 'BAN':
      return { move, version, reason, until }
    case 'RESTORE':
    case 'END':
      return { move, version, reason }
  }
}
