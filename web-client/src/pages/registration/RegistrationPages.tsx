import { Navigate, Route, Routes } from 'react-router'
import { useDraft } from '../../forms/draft.ts'
import { ConfirmPage } from './ConfirmPage.tsx'
import { NO_REGISTRATION, isReached, openStep } from './registration.ts'
import type { Registration, RegistrationStep } from './registration.ts'
import { SentPage } from './SentPage.tsx'
import { BirthDateStep, ContactStep, NameStep } from './PersonSteps.tsx'
import { PasswordStep } from './PasswordStep.tsx'

/** What each step gets: the answers so far and the way to change them. */
export type StepProps = {
  readonly answers: Registration
  readonly answer: (part: Partial<Registration>) => void
}

const STEPS = {
  name: NameStep,
  'birth-date': BirthDateStep,
  contact: ContactStep,
  password: PasswordStep,
} as const satisfies Record<RegistrationStep, unknown>

/** Getting an account: one question a page, then a link by mail. */
export function RegistrationPages() {
  const [answers, change, clear] = useDraft('registration', 'public', NO_REGISTRATION)
  const answer = (part: Partial<Registration>) => change((before) => ({ ...before, ...part }))
  return (
    <Routes>
      <Route index element={<Navigate to="/register/name" replace />} />
      {(Object.keys(STEPS) as RegistrationStep[]).map((step) => {
        const Step = STEPS[step]
        const element = isReached(step, answers) ? (
          <Step answers={answers} answer={answer} />
        ) : (
          <Navigate to={`/register/${openStep(answers)}`} replace />
        )
        return <Route key={step} path={step} element={element} />
      })}
      <Route path="sent" element={<SentPage answers={answers} />} />
      <Route path="confirm" element={<ConfirmPage onDone={clear} />} />
      <Route path="*" element={<Navigate to="/register" replace />} />
    </Routes>
  )
}
