import { FailureNotice, PageHeading, Progress, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useParams } from 'react-router'
import { useDraft } from '../../forms/draft.ts'
import { useMe, useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { CannotBookYet } from './CannotBookYet.tsx'
import { CheckStep } from './CheckStep.tsx'
import { DayStep } from './DayStep.tsx'
import { GivingBack } from './GivingBack.tsx'
import {
  NO_ANSWERS,
  afterAct,
  completed,
  openStep,
  partyOf,
  pathBefore,
  shownStep,
  stepPath,
  stepsOf,
} from './journey.ts'
import type { Answers, JourneyAct, Step } from './journey.ts'
import { CentreStep, InmateStep, KindStep, PlaceStep } from './ChoiceSteps.tsx'
import { PeopleStep } from './PeopleStep.tsx'
import { TimeStep } from './TimeStep.tsx'
import type { Bookable, Party } from './types.ts'
import { WhyPage } from './WhyPage.tsx'

/** What each step gets. */
export type JourneyStepProps = {
  readonly answers: Answers
  readonly inmates: readonly Bookable[]
  /** The way back and how far it is, for the page's frame. */
  readonly frame: {
    readonly back?: string
    readonly step: { readonly at: number; readonly of: number }
  }
  /** Keeps an answer and goes to the next open step. */
  readonly go: (act: JourneyAct) => void
  /** Keeps a fact without going anywhere. */
  readonly note: (act: JourneyAct) => void
}

/** Steps that come when it is known who comes and from where. */
export type PartyStepProps = JourneyStepProps & {
  readonly inmate: Bookable
  readonly party: Party
}

/** Booking, one question a page; answers are kept in this tab through reloads and the back button. */
export function JourneyPage() {
  const { call } = useSession()
  const inmates = useResource(useCallback(() => call('bookableInmates', {}), [call]))
  if (inmates.phase === 'loading') return <Plain>{<Progress />}</Plain>
  if (inmates.phase === 'failed') {
    return (
      <Plain>
        <FailureNotice code={inmates.code} onRetry={inmates.reload} />
      </Plain>
    )
  }
  if (inmates.data.inmates.length === 0) return <CannotBookYet />
  return <Journey inmates={inmates.data.inmates} />
}

function Plain({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('booking.title')}</PageHeading>
        {children}
      </div>
    </AccountPage>
  )
}

function Journey({ inmates }: { inmates: readonly Bookable[] }) {
  const asked = useParams()['step']
  const { answers, go, note } = useAnswers(inmates)
  const steps = stepsOf(answers, inmates)
  const inmate = inmates.find(({ inmateId }) => inmateId === answers.inmateId)
  const party = partyOf(answers, inmate)
  if (answers.visitId !== null && asked !== 'check') {
    return <GivingBack visitId={answers.visitId} onDone={note} />
  }
  if (asked === 'why' && inmate && party) {
    return <WhyPage inmate={inmate} party={party} answers={answers} />
  }
  const step = shownStep(asked ?? steps[0], answers, steps)
  if (step !== asked) return <Navigate to={stepPath(step)} replace />
  const props = { answers, inmates, frame: frameOf(step, steps), go, note }
  if (!inmate || !party) return <EarlyStep step={step} {...props} />
  return <AnyStep step={step} {...props} inmate={inmate} party={party} />
}

function frameOf(step: Step, steps: readonly Step[]): JourneyStepProps['frame'] {
  const back = pathBefore(step, steps)
  return {
    ...(back === undefined ? {} : { back }),
    step: { at: steps.indexOf(step) + 1, of: steps.length },
  }
}

function AnyStep({ step, ...props }: PartyStepProps & { step: Step }) {
  if (step === 'day') return <DayStep {...props} />
  if (step === 'time') return <TimeStep {...props} />
  if (step === 'check') return <CheckStep {...props} />
  return <EarlyStep step={step} {...props} />
}

function EarlyStep({ step, ...props }: JourneyStepProps & { step: Step }) {
  if (step === 'inmate') return <InmateStep {...props} />
  if (step === 'kind') return <KindStep {...props} />
  if (step === 'people') return <PeopleStep {...props} />
  if (step === 'centre') return <CentreStep {...props} />
  return <PlaceStep {...props} />
}

function useAnswers(inmates: readonly Bookable[]) {
  const me = useMe()
  const navigate = useNavigate()
  const [kept, change] = useDraft('booking', me.accountId, NO_ANSWERS)
  const answers = completed(kept, inmates)
  const note = useCallback(
    (act: JourneyAct) => change((before) => afterAct(completed(before, inmates), act)),
    [change, inmates],
  )
  const go = (act: JourneyAct) => {
    const next = completed(afterAct(answers, act), inmates)
    change(() => next)
    void navigate(stepPath(nextStep(act, next, inmates)))
  }
  return { answers, go, note }
}

/** Which step follows an answer: the next one in line, even if it was answered before. */
const STEP_OF: Readonly<Partial<Record<JourneyAct['type'], Step>>> = {
  inmateChosen: 'inmate',
  classChosen: 'kind',
  peopleChosen: 'people',
  placeChosen: 'place',
  centreChosen: 'centre',
  dayChosen: 'day',
  slotChosen: 'time',
}

function nextStep(act: JourneyAct, answers: Answers, inmates: readonly Bookable[]): Step {
  const steps = stepsOf(answers, inmates)
  const from = STEP_OF[act.type]
  const next = from === undefined ? undefined : steps[steps.indexOf(from) + 1]
  return next === undefined ? openStep(answers, steps) : shownStep(next, answers, steps)
}
