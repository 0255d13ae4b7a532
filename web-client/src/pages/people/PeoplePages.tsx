import { useEffect } from 'react'
import { Navigate, Route, Routes, useNavigate, useParams } from 'react-router'
import { useDraft } from '../../forms/draft.ts'
import type { Draft } from '../../forms/draft.ts'
import { useMe } from '../../session/session.ts'
import { BirthDateStep, FacilityStep, NameStep, NumberStep, RelationshipStep } from './AskSteps.tsx'
import { CheckStep } from './CheckStep.tsx'
import { PeopleList } from './PeopleList.tsx'
import { NO_REQUEST, REQUEST_STEPS, isReached, openStep } from './request.ts'
import type { Request, RequestStep } from './request.ts'
import { SentPage } from './SentPage.tsx'

/** What each step gets: the answers so far and the way to change them. */
export type AskProps = {
  readonly request: Request
  /** Changes a part and gives back the whole. */
  readonly answer: (part: Partial<Request>) => Request
}

const STEPS = {
  facility: FacilityStep,
  number: NumberStep,
  name: NameStep,
  'birth-date': BirthDateStep,
  relationship: RelationshipStep,
  check: CheckStep,
} as const satisfies Record<RequestStep, unknown>

/** Whom a visitor may meet, and asking for another one. */
export function PeoplePages() {
  const me = useMe()
  const [request, change, clear] = useDraft('permission', me.accountId, NO_REQUEST)
  const answer = (part: Partial<Request>) => {
    change((before) => ({ ...before, ...part }))
    return { ...request, ...part }
  }
  return (
    <Routes>
      <Route index element={<PeopleList />} />
      <Route path="ask" element={<Begin change={change} />} />
      <Route path="ask/for/:childId" element={<Begin change={change} />} />
      {REQUEST_STEPS.map((step) => {
        const Step = STEPS[step]
        const element = isReached(step, request) ? (
          <Step request={request} answer={answer} />
        ) : (
          <Navigate to={`/people/ask/${openStep(request)}`} replace />
        )
        return <Route key={step} path={`ask/${step}`} element={element} />
      })}
      <Route path="sent" element={<SentPage onShown={clear} />} />
      <Route path="*" element={<Navigate to="/people" replace />} />
    </Routes>
  )
}

/** The beginning: for oneself, or for a child under one's account. */
function Begin({ change }: { change: Draft<Request>[1] }) {
  const { childId = '' } = useParams()
  const navigate = useNavigate()
  useEffect(() => {
    change((before) => ({ ...before, childId }))
    void navigate('/people/ask/facility', { replace: true })
  }, [change, childId, navigate])
  return null
}
