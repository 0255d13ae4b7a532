import { Page } from '@visavis/ui'
import type { PageProps } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { NavLink, useNavigate } from 'react-router'
import { navOf } from '../session/nav.ts'
import { useMe, useSession } from '../session/session.ts'

/** A page of somebody signed in: the frame with their name and the way out. */
export function AccountPage(props: Omit<PageProps, 'account'>) {
  const me = useMe()
  const { signOut } = useSession()
  const navigate = useNavigate()
  const leave = async () => {
    // Leaving the page first: a signed-out guard would lead to the sign-in page instead.
    await navigate('/signed-out')
    await signOut()
  }
  return (
    <Page
      {...props}
      nav={<AccountNav />}
      account={{ displayName: me.displayName, onSignOut: () => void leave() }}
    />
  )
}

function AccountNav() {
  const { t } = useTranslation()
  const { role, onlyVisitId } = useMe()
  const items = navOf(role)
  // A link centre's room device is there for one visit and nothing else.
  if (items.length === 0 || onlyVisitId !== null) return null
  return (
    <nav className="vv-nav" aria-label={t('nav.title')}>
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
