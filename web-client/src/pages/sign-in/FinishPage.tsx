import { Button, Page, Progress } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import type { ReturnTo } from '../../session/guards.tsx'
import { homeOf } from '../../session/home.ts'
import { useSession } from '../../session/session.ts'
import type { SignedInPerson } from '../../session/session.ts'
import { PasskeyForm } from '../security/PasskeyForm.tsx'
import { SecondFactor } from './SecondFactor.tsx'

/** What is left of a sign-in that is not whole: the second proof, or a passkey to set up. */
export function FinishPage() {
  const { session } = useSession()
  const state = useLocation().state as ReturnTo | null
  switch (session.phase) {
    case 'loading':
      return (
        <Page>
          <Progress />
        </Page>
      )
    case 'failed':
    case 'signedOut':
      return <Navigate to="/sign-in" replace state={state} />
    case 'signedIn':
      return <Rest me={session.me} returnTo={state?.returnTo ?? null} />
  }
}

function Rest({ me, returnTo }: { me: SignedInPerson; returnTo: string | null }) {
  switch (me.signIn.stage) {
    case 'FULL':
      return <Navigate to={returnTo ?? homeOf(me)} replace />
    case 'SECOND_FACTOR':
      return (
        <SecondFactor kinds={me.signIn.secondFactors}>
          <StartAgain />
        </SecondFactor>
      )
    case 'SET_UP':
      return (
        <SetUp>
          <StartAgain />
        </SetUp>
      )
  }
}

/** Staff: nothing else can be done before there is a passkey. */
function SetUp({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const { enter } = useSession()
  return (
    <StepPage isPublic title={t('setUp.title')}>
      <p>{t('setUp.body')}</p>
      <PasskeyForm onDone={({ me }) => enter(me)} />
      {children}
    </StepPage>
  )
}

function StartAgain() {
  const { t } = useTranslation()
  const { signOut } = useSession()
  return (
    <div>
      <Button look="quiet" onClick={() => void signOut()}>
        {t('secondFactor.startAgain')}
      </Button>
    </div>
  )
}
