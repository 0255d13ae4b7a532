import { Button, Notice, Page, PageHeading } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useLocation } from 'react-router'
import type { ReactNode } from 'react'
import { FINISH } from '../../session/guards.tsx'
import type { ReturnTo } from '../../session/guards.tsx'
import { homeOf } from '../../session/home.ts'
import { canUsePasskeys } from '../../session/passkeys.ts'
import { useSession } from '../../session/session.ts'
import type { SignedOutWhy } from '../../session/session.ts'
import { PasskeyTroubleNotice } from './PasskeyTroubleNotice.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { usePasskeySignIn } from './use-passkey-sign-in.ts'

/** One page for every role; the role decides where it leads. */
export function SignInPage() {
  const { t } = useTranslation()
  const { session } = useSession()
  const state = useLocation().state as ReturnTo | null
  if (session.phase === 'signedIn') {
    const { signIn } = session.me
    const to = signIn.stage === 'FULL' ? (state?.returnTo ?? homeOf(session.me)) : FINISH
    return <Navigate to={to} replace state={state} />
  }
  return (
    <Page>
      <div className="vv-stack vv-form">
        <PageHeading>{t('signIn.title')}</PageHeading>
        {session.phase === 'signedOut' && <WhySignedOut why={session.why} />}
        {canUsePasskeys() && <PasskeyWay />}
        <PasswordForm />
        <OtherWays />
      </div>
    </Page>
  )
}

function WhySignedOut({ why }: { why: SignedOutWhy }) {
  const { t } = useTranslation()
  switch (why) {
    case 'NOBODY':
      return null
    case 'EXPIRED':
      return <Notice live="status">{t('signIn.expired')}</Notice>
    case 'ENDED':
      return (
        <Notice tone="warn" live="alert" title={t('signIn.endedTitle')}>
          <p>{t('signIn.ended')}</p>
        </Notice>
      )
  }
}

function PasskeyWay() {
  const { t } = useTranslation()
  const { press, isBusy, failure } = usePasskeySignIn()
  return (
    <section className="vv-stack vv-stack--near" aria-label={t('passkey.sectionName')}>
      <div>
        <Button isWide isBusy={isBusy} onClick={() => void press()}>
          {t('passkey.use')}
        </Button>
      </div>
      <p className="vv-soft">{t('passkey.useHint')}</p>
      <PasskeyTroubleNotice failure={failure} />
      <p className="vv-or">
        <span>{t('signIn.or')}</span>
      </p>
    </section>
  )
}

function OtherWays() {
  const { t } = useTranslation()
  return (
    <ul className="vv-plain-list vv-stack vv-stack--near">
      <Other words={t('signIn.lost')}>
        <Link to="/recovery">{t('signIn.recover')}</Link>
      </Other>
      <Other words={t('signIn.newStaff')}>
        <Link to="/sign-in/code">{t('signIn.withCode')}</Link>
      </Other>
      <Other words={t('signIn.noAccount')}>
        <Link to="/register">{t('signIn.register')}</Link>
      </Other>
    </ul>
  )
}

function Other({ words, children }: { words: string; children: ReactNode }) {
  return (
    <li>
      {words} {children}
    </li>
  )
}
