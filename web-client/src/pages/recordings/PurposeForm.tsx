import { Button, ErrorSummary, TextField, useErrorWords } from '@visavis/ui'
import type { FailureCode, FormProblem } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import { useSession } from '../../session/session.ts'

/** The contract's least length of a purpose. */
const PURPOSE_MIN = 3

/** How the last press of the button failed. */
type Attempt = {
  readonly count: number
  readonly isPurposeShort: boolean
  readonly isCaseMissing: boolean
  readonly code: FailureCode | null
}

const NO_ATTEMPT: Attempt = { count: 0, isPurposeShort: false, isCaseMissing: false, code: null }

/** An open playback and what it was opened for. */
export type OpenPlay = { readonly play: Reply<'openPlay'>; readonly caseNumber: string }

type PurposeFormProps = {
  readonly recordingId: string
  readonly onOpen: (open: OpenPlay) => void
}

/** Asks why a recording is to be seen; the answer is in the audit log before the first byte. */
export function PurposeForm(props: PurposeFormProps) {
  const { t } = useTranslation()
  const { attempt, isBusy, submit } = usePurposeForm(props)
  const problems = useProblems(attempt)
  const errorOf = (fieldId: string) =>
    problems.find((problem) => problem.fieldId === fieldId)?.text ?? null
  return (
    <>
      <ErrorSummary key={attempt.count} problems={problems} />
      <form className="vv-stack vv-form" noValidate onSubmit={(event) => void submit(event)}>
        <p>{t('recordings.purposeIntro')}</p>
        <TextField
          label={t('recordings.purpose')}
          hint={t('recordings.purposeHint')}
          name="purpose"
          fieldId="purpose"
          maxLength={500}
          error={errorOf('purpose')}
        />
        <TextField
          label={t('recordings.caseNumber')}
          name="caseNumber"
          fieldId="caseNumber"
          maxLength={100}
          error={errorOf('caseNumber')}
        />
        <div>
          <Button type="submit" isWide isBusy={isBusy}>
            {t('recordings.submit')}
          </Button>
        </div>
      </form>
    </>
  )
}

function usePurposeForm({ recordingId, onOpen }: PurposeFormProps) {
  const { call } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [attempt, setAttempt] = useState(NO_ATTEMPT)
  const fail = (why: Omit<Attempt, 'count'>) =>
    setAttempt(({ count }) => ({ ...why, count: count + 1 }))
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    const purpose = textOf(form, 'purpose').trim()
    const caseNumber = textOf(form, 'caseNumber').trim()
    const missing = {
      isPurposeShort: purpose.length < PURPOSE_MIN,
      isCaseMissing: caseNumber === '',
    }
    if (missing.isPurposeShort || missing.isCaseMissing) {
      fail({ ...missing, code: null })
      return
    }
    setIsBusy(true)
    const result = await call('openPlay', {
      params: { recordingId },
      body: { purpose, caseNumber },
    })
    if (result.ok) {
      onOpen({ play: result.data, caseNumber })
      return
    }
    setIsBusy(false)
    fail({ ...missing, code: result.code })
  }
  return { attempt, isBusy, submit }
}

function useProblems({ isPurposeShort, isCaseMissing, code }: Attempt): FormProblem[] {
  const { t } = useTranslation()
  const wordsOf = useErrorWords()
  const failure = code === null ? null : wordsOf(code)
  return [
    ...(isPurposeShort ? [{ text: t('recordings.purposeMissing'), fieldId: 'purpose' }] : []),
    ...(isCaseMissing ? [{ text: t('recordings.caseMissing'), fieldId: 'caseNumber' }] : []),
    ...(failure === null ? [] : [{ text: `${failure.happened}. ${failure.cure}`, fieldId: null }]),
  ]
}
