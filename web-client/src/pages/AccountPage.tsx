import { Button, Page } from '@visavis/ui'
import type { PageProps } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, useLocation } from 'react-router'
import { SECURITY_HOME } from '../session/home.ts'
import { navOf } from '../session/nav.ts'
import { useMe, useSession } from '../session/session.ts'
import { RingBanner } from './visits/RingBanner.tsx'

/** A page of somebody signed in: the frame with their name and the way out. */
export function AccountPage({ children, ...props }: Omit<PageProps, 'account'>) {
  const me = useMe()
  const canBeRung = useCanBeRung()
  const { signOut } = useSession()
  return (
    <Page
      isAmongWide={me.role !== 'visitor' && me.onlyVisitId === null}
      {...props}
      nav={<AccountNav />}
      account={{
        displayName: me.displayName,
        link: me.onlyVisitId === null && <SecurityLink />,
        onSignOut: () => void signOut(),
      }}
    >
      {canBeRung ? (
        <div className="vv-stack">
          <RingBanner />
          {children}
        </div>
      ) : (
        children
      )}
    </Page>
  )
}

/** A ring lasts 45 seconds: it is shown on whatever page the visitor is, but not over a visit (BK-8). */
function useCanBeRung(): boolean {
  const { role, onlyVisitId } = useMe()
  const { pathname } = useLocation()
  return role === 'visitor' && onlyVisitId === null && !pathname.startsWith('/visits/')
}

function SecurityLink() {
  const { t } = useTranslation()
  return <Link to={SECURITY_HOME}>{t('nav.security')}</Link>
}

/** More than this many pages would push what is read off a phone’s screen: there they unfold. */
const SHORT_NAV = 6

function AccountNav() {
  const { t } = useTranslation()
  const { role, onlyVisitId } = useMe()
  const [isOpen, setIsOpen] = useState(false)
  const items = navOf(role)
  // A link centre's room device is there for one visit and nothing else.
  if (items.length === 0 || onlyVisitId !== null) return null
  const isLong = items.length > SHORT_NAV
  return (
    <nav
      className="vv-nav"
      aria-label={t('nav.title')}
      data-folded={(isLong && !isOpen) || undefined}
    >
      {isLong && (
        <div className="vv-nav__fold">
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {t('nav.title')}
          </Button>
        </div>
      )}
      <ul>
        {items.map(({ to, label }) => (
          <li key={to}>
            <NavLink to={to}>{t(label)}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
