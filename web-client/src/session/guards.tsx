import type { Role } from '@visavis/contract/http'
import { FailureNotice, Page, PageHeading, Progress } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import { homeOf } from './home.ts'
import { isRoomPath } from './room-device.ts'
import { useSession } from './session.ts'
import type { SignedInPerson } from './session.ts'

/** Where a sign-in that is not whole yet goes on. */
export const FINISH = '/sign-in/finish'

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
      if (session.me.signIn.stage !== 'FULL') {
        return <Navigate to={FINISH} replace state={{ returnTo: pathname } satisfies ReturnTo} />
      }
      return isOpenTo(session.me, roles, pathname) ? (
        <Outlet />
      ) : (
        <Navigate to={homeOf(session.me)} replace />
      )
  }
}

function isOpenTo(
  { role, onlyVisitId }: SignedInPerson,
  roles: readonly Role[] | null,
  pathname: string,
): boolean {
  if (onlyVisitId !== null && !isRoomPath(pathname, onlyVisitId)) return false
  return roles === null || roles.includes(role)
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
      return <Navigate to={homeOf(session.me)} replace />
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
