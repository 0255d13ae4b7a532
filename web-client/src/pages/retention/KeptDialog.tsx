import { TextField } from '@visavis/ui'
import type { FormProblem, Result } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { textOf } from '../../forms/form-text.ts'
import { problemIf } from '../../forms/use-problems.ts'
import { FormDialog } from '../office/parts/FormDialog.tsx'
import { REASON_LENGTH, ReasonField } from '../office/parts/ReasonDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'

/** What somebody wants to do about something that is kept. */
export type Choice =
  | { readonly what: 'hold' | 'askDestruction'; readonly visitId: string }
  | { readonly what: 'reviewHold' | 'askRelease'; readonly holdId: string }
  | { readonly what: 'decideRelease'; readonly holdId: string; readonly isApproved: boolean }
  | {
      readonly what: 'decideDestruction'
      readonly destructionId: string
      readonly isApproved: boolean
    }

type DialogProps = {
  readonly choice: Choice
  readonly onClose: () => void
  readonly onDone: (words: string) => void
}

/** Asks why, and for a hold the case and the day to look again, before anything is done. */
export function KeptDialog({ choice, onClose, onDone }: DialogProps) {
  const { t } = useTranslation()
  const act = useAct()
  const send = useSend(choice)
  const name = nameOf(choice)
  const submit = async (form: FormData) => {
    if ((await act.run(() => send(form))) !== null) onDone(t(`retention.done.${name}`))
  }
  return (
    <FormDialog
      title={t(`retention.ask.${name}`)}
      submitLabel={t(`retention.do.${name}`)}
      isDanger={name === 'destroyYes'}
      act={act}
      check={(form) => problemsOf(choice, form, t)}
      onSubmit={(form) => void submit(form)}
      onClose={onClose}
    >
      {(errorOf) => (
        <>
          <p>{t(`retention.about.${name}`)}</p>
          <ReasonField fieldId="why" error={errorOf('why')} />
          {choice.what === 'hold' && (
            <TextField
              label={t('retention.caseNumber')}
              name="caseNumber"
              fieldId="caseNumber"
              maxLength={100}
              error={errorOf('caseNumber')}
            />
          )}
          {hasDay(choice) && (
            <TextField
              type="date"
              label={t('retention.reviewDay')}
              name="reviewOn"
              fieldId="reviewOn"
              error={errorOf('reviewOn')}
            />
          )}
        </>
      )}
    </FormDialog>
  )
}

function hasDay({ what }: Choice): boolean {
  return what === 'hold' || what === 'reviewHold'
}

/** The key of its words. */
function nameOf(choice: Choice): string {
  if (choice.what === 'decideRelease') return choice.isApproved ? 'releaseYes' : 'releaseNo'
  if (choice.what === 'decideDestruction') return choice.isApproved ? 'destroyYes' : 'destroyNo'
  return choice.what
}

function problemsOf(choice: Choice, form: FormData, t: (key: string) => string): FormProblem[] {
  const isEmpty = (name: string): boolean => textOf(form, name).trim() === ''
  return [
    ...problemIf(
      textOf(form, 'reason').trim().length < REASON_LENGTH,
      'why',
      t('officeForm.reasonMissing'),
    ),
    ...(choice.what === 'hold'
      ? problemIf(isEmpty('caseNumber'), 'caseNumber', t('retention.caseMissing'))
      : []),
    ...(hasDay(choice)
      ? problemIf(isEmpty('reviewOn'), 'reviewOn', t('retention.dayMissing'))
      : []),
  ]
}

/** Sends what was decided. */
function useSend(choice: Choice) {
  const { call } = useSession()
  return (form: FormData): Promise<Result<unknown>> => {
    const reason = textOf(form, 'reason').trim()
    const reviewOn = textOf(form, 'reviewOn')
    switch (choice.what) {
      case 'hold': {
        const caseNumber = textOf(form, 'caseNumber').trim()
        const { visitId } = choice
        return call('placeHold', { params: { visitId }, body: { reason, caseNumber, reviewOn } })
      }
      case 'askDestruction':
        return call('askDestruction', { params: { visitId: choice.visitId }, body: { reason } })
      case 'reviewHold':
        return call('reviewHold', {
          params: { holdId: choice.holdId },
          body: { reason, reviewOn },
        })
      case 'askRelease':
        return call('askRelease', { params: { holdId: choice.holdId }, body: { reason } })
      case 'decideRelease': {
        const { holdId, isApproved } = choice
        return call('decideRelease', { params: { holdId }, body: { isApproved, reason } })
      }
      case 'decideDestruction': {
        const { destructionId, isApproved } = choice
        return call('decideDestruction', {
          params: { destructionId },
          body: { isApproved, reason },
        })
      }
    }
  }
}
