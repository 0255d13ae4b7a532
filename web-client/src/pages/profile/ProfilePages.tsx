import { FailureNotice, PageHeading, Progress, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes } from 'react-router'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { MyDataPage } from '../my-data/MyDataPage.tsx'
import { ChildrenPages } from './ChildrenPages.tsx'
import { ContactPage } from './ContactPage.tsx'
import { DocumentPage } from './DocumentPage.tsx'
import type { Profile } from './documents.ts'
import { IdentityPage } from './IdentityPage.tsx'
import { OverviewPage } from './OverviewPage.tsx'
import { ProfessionalPage } from './ProfessionalPage.tsx'

/** What each page gets: the registration as the server last told it, and the way to renew it. */
export type ProfileProps = {
  readonly profile: Profile
  readonly onProfile: (profile: Profile) => void
}

/** The visitor's own registration: documents, contact data, professional standing. */
export function ProfilePages() {
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('profile', {}), [call]))
  const [changed, setChanged] = useState<Profile | null>(null)
  if (loaded.phase === 'loading') return <Waiting />
  if (loaded.phase === 'failed') {
    return (
      <Waiting>
        <FailureNotice code={loaded.code} onRetry={loaded.reload} />
      </Waiting>
    )
  }
  const props = { profile: changed ?? loaded.data, onProfile: setChanged }
  return (
    <Routes>
      <Route index element={<OverviewPage {...props} />} />
      <Route path="documents/:kind" element={<DocumentPage {...props} />} />
      <Route path="identity" element={<IdentityPage {...props} />} />
      <Route path="children/*" element={<ChildrenPages />} />
      <Route path="data" element={<MyDataPage />} />
      <Route path="contact" element={<ContactPage {...props} />} />
      <Route path="professional" element={<ProfessionalPage {...props} />} />
      <Route path="*" element={<Navigate to="/profile" replace />} />
    </Routes>
  )
}

function Waiting({ children }: { children?: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading>{t('profile.title')}</PageHeading>
        {children ?? <Progress />}
      </div>
    </AccountPage>
  )
}
