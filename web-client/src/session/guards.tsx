import type { Role } from '@visavis/contract/http'
import { FailureNotice, Page, PageHeading, Progress } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import { homeOf } from './home.ts'
import { useSession } from './session.ts'

/** Where the sign-in page leads back to. */
export type ReturnTo = { readonly returnTo?: string }

/** Lets only these roles (null: anyone signed in) see the pages inside; others go to their own start. */
export function OnlyFor({ roles }: { roles: readonly Role[] | null }) {
  const { session } = useSession()
  const { pathname } = useLocation()
  switch (session.phase) {
    case 'loading':
      return <Waiting />
    case 'failed':
      return <SessionFailed />
    case 'signedOut':
      return <Navigate to="/sign-in" replace state={{ returnTo: pathname } satisfies ReturnTo} />
    case 'signedIn':
      if (roles === null || roles.includes(session.me.role)) return <Outlet />
      return <Navigate to={homeOf(session.me.role)} replace />
  }
}

/** The bare address leads to the start page of whoever is signed in. */
export function Home() {
  const { session } = useSession()
  switch (session.phase) {
    case 'loading':
      return <Waiting />
    case 'failed':
      return <SessionFailed />
    case 'signedOut':
      return <Navigate to="/sign-in" replace />
    case 'signedIn':
      return <Navigate to={homeOf(session.me.role)} replace />
  }
}

function Waiting() {
  return (
    <Page>
      <Progress />
    </Page>
  )
}

function SessionFailed() {
  const { t } = useTranslation()
  const { session, refresh } = useSession()
  return (
    <Page>
      <div className="vv-stack">
        <PageHeading>{t('failed.title')}</PageHeading>
        {session.phase === 'failed' && <FailureNotice code={session.code} onRetry={refresh} />}
      </div>
    </Page>
  )
}
