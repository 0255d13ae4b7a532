import { FailureNotice, PageHeading, Progress, Tag, buttonClass, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, Route, Routes, useParams } from 'react-router'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { ChildPage } from './ChildPage.tsx'
import { DocumentPage } from './DocumentPage.tsx'
import { profilePath } from './documents.ts'
import type { Profile } from './documents.ts'
import { IdentityPage } from './IdentityPage.tsx'
import { NewChildPage } from './NewChildPage.tsx'
import { TONE } from './OverviewPage.tsx'

/** The children whose guardian the visitor is: who they are, what is still to do, and another one. */
export function ChildrenPages() {
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('myChildren', {}), [call]))
  const [changed, setChanged] = useState<readonly Profile[]>([])
  if (loaded.phase === 'loading')
    return (
      <ChildrenFrame>
        <Progress />
      </ChildrenFrame>
    )
  if (loaded.phase === 'failed') {
    return (
      <ChildrenFrame>
        <FailureNotice code={loaded.code} onRetry={loaded.reload} />
      </ChildrenFrame>
    )
  }
  const children = withChanges(loaded.data.children, changed)
  const onProfile = (profile: Profile) => setChanged((before) => [...before, profile])
  return (
    <Routes>
      <Route index element={<ChildrenList profiles={children} />} />
      <Route path="new" element={<NewChildPage onProfile={onProfile} />} />
      <Route path=":childId/*" element={<OneChild profiles={children} onProfile={onProfile} />} />
    </Routes>
  )
}

/** The newest form of each, those that came later at the end. */
function withChanges(loaded: readonly Profile[], changed: readonly Profile[]): readonly Profile[] {
  return [...new Map([...loaded, ...changed].map((each) => [each.visitorId, each])).values()]
}

type ProfilesProps = { readonly profiles: readonly Profile[] }

function OneChild({
  profiles,
  onProfile,
}: ProfilesProps & { onProfile: (profile: Profile) => void }) {
  const { childId } = useParams()
  const profile = profiles.find(({ visitorId }) => visitorId === childId)
  if (profile === undefined) return <Navigate to="/profile/children" replace />
  const props = { profile, onProfile }
  return (
    <Routes>
      <Route index element={<ChildPage {...props} />} />
      <Route path="identity" element={<IdentityPage {...props} />} />
      <Route path="documents/:kind" element={<DocumentPage {...props} />} />
      <Route path="*" element={<Navigate to={profilePath(profile)} replace />} />
    </Routes>
  )
}

function ChildrenList({ profiles }: ProfilesProps) {
  const { t } = useTranslation()
  return (
    <ChildrenFrame>
      <p>{t('profile.childrenIntro')}</p>
      {profiles.length > 0 && (
        <ul className="vv-choices">
          {profiles.map((profile) => (
            <li key={profile.visitorId}>
              <Link to={profilePath(profile)} className="vv-choice">
                <span className="vv-choice__words">
                  <span className="vv-choice__title">
                    {profile.givenName} {profile.familyName}
                  </span>
                </span>
                <Tag tone={TONE[profile.verification]}>
                  {t(`verification.${profile.verification}`)}
                </Tag>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link to="/profile/children/new" className={buttonClass({ isWide: true })}>
          {t('profile.addChild')}
        </Link>
      </p>
    </ChildrenFrame>
  )
}

function ChildrenFrame({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <Link to="/profile" className="vv-back">
          {t('common.back')}
        </Link>
        <PageHeading>{t('profile.childrenTitle')}</PageHeading>
        {children}
      </div>
    </AccountPage>
  )
}
