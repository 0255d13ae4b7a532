import { Page } from '@visavis/ui'
import type { PageProps } from '@visavis/ui'
import { useNavigate } from 'react-router'
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
    <Page {...props} account={{ displayName: me.displayName, onSignOut: () => void leave() }} />
  )
}
