import { Button, ErrorSummary, TextField, clockTime, ownZone, useErrorWords } from '@visavis/ui'
import type { FormProblem } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { textOf } from '../../forms/form-text.ts'
import type { Failure } from '../office/parts/use-act.ts'
import { useSession } from '../../session/session.ts'

/** The contract's least length of a purpose. */
const PURPOSE_MIN = 3

/** How the last press of the button failed. */
type Attempt = {
  readonly count: number
  readonly isPurposeShort: boolean
  readonly isCaseMissing: boolean
  readonly failure: Failure | null
}

const NO_ATTEMPT: Attempt = { count: 0, isPurposeShort: false, isCaseMissing: false, failure: null }

/** An open playback and what it was opened for. */
export type OpenPlay = {
  readonly play: Reply<'openPlay'>
  readonly purpose: string
  readonly caseNumber: string
}

type PurposeFormProps = {
  readonly visitId: string
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

function usePurposeForm({ visitId, onOpen }: PurposeFormProps) {
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
      fail({ ...missing, failure: null })
      return
    }
    setIsBusy(true)
    const result = await call('openPlay', {
      params: { visitId },
      body: { purpose, caseNumber },
    })
    if (result.ok) {
      onOpen({ play: result.data, purpose, caseNumber })
      return
    }
    setIsBusy(false)
    fail({ ...missing, failure: result })
  }
  return { attempt, isBusy, submit }
}

function useProblems({ isPurposeShort, isCaseMissing, failure }: Attempt): FormProblem[] {
  const { t } = useTranslation()
  const failureWords = useFailureWords()
  return [
    ...(isPurposeShort ? [{ text: t('recordings.purposeMissing'), fieldId: 'purpose' }] : []),
    ...(isCaseMissing ? [{ text: t('recordings.caseMissing'), fieldId: 'caseNumber' }] : []),
    ...(failure === null ? [] : [{ text: failureWords(failure), fieldId: null }]),
  ]
}

/** Whoever has opened too much is told when they may go on. */
function useFailureWords(): (failure: Failure) => string {
  const { t, i18n } = useTranslation()
  const wordsOf = useErrorWords()
  return ({ code, liftsAt }) => {
    const { happened, cure } = wordsOf(code)
    const words = `${happened}. ${cure}`
    if (liftsAt === undefined) return words
    const time = clockTime(liftsAt, { language: i18n.language, timeZone: ownZone() })
    return `${words} ${t('recordings.liftsAt', { time })}`
  }
}
