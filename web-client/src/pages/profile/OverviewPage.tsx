import { Notice, PageHeading, Panel, SummaryList, Tag, ownNameOf, zoneName } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDateWords } from '../../forms/use-date-words.ts'
import { AccountPage } from '../AccountPage.tsx'
import { DocumentList } from './DocumentList.tsx'
import { canShowDocuments, documentPath, kindOf } from './documents.ts'
import type { Profile } from './documents.ts'
import type { ProfileProps } from './ProfilePages.tsx'

/** The colour of each standing. */
export const TONE: Readonly<Record<Profile['verification'], TagTone>> = {
  MISSING: 'warn',
  SUBMITTED: 'action',
  VERIFIED: 'good',
  REJECTED: 'bad',
}

/** Who one is here, whether that is confirmed, and what is still to do. */
export function OverviewPage({ profile, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <div className="vv-row vv-row--spread">
          <PageHeading>{t('profile.title')}</PageHeading>
          <Tag tone={TONE[profile.verification]}>{t(`verification.${profile.verification}`)}</Tag>
        </div>
        <WhatNow profile={profile} />
        <CorrectionNotice profile={profile} />
        {canShowDocuments(profile) && <DocumentList profile={profile} onProfile={onProfile} />}
        <Person profile={profile} />
        <Professional professional={profile.professional} />
      </div>
    </AccountPage>
  )
}

function WhatNow({ profile }: Pick<ProfileProps, 'profile'>) {
  const { t } = useTranslation()
  const { verification, rejection } = profile
  switch (verification) {
    case 'MISSING':
      return (
        <Notice tone="warn" title={t('profile.missingTitle')}>
          {t('profile.missingBody')}
        </Notice>
      )
    case 'SUBMITTED':
      return <Notice title={t('profile.submittedTitle')}>{t('profile.submittedBody')}</Notice>
    case 'VERIFIED':
      return (
        <Notice tone="good" title={t('profile.verifiedTitle')}>
          <Link to="/people">{t('profile.verifiedNext')}</Link>
        </Notice>
      )
    case 'REJECTED':
      return rejection === null ? null : <Rejection profile={profile} rejection={rejection} />
  }
}

type RejectionProps = Pick<ProfileProps, 'profile'> & {
  readonly rejection: NonNullable<Profile['rejection']>
}

/** What was wrong, and the way to mend it. */
export function Rejection({ profile, rejection }: RejectionProps) {
  const { t } = useTranslation()
  const { reason, field } = rejection
  const kind = kindOf(field?.toLowerCase().replace('_', '-'))
  return (
    <Notice tone="bad" title={t(`rejection.${reason}.what`)}>
      {field !== null && <p>{t(`rejectedField.${field}`)}</p>}
      <p>{t(`rejection.${reason}.cure`)}</p>
      {kind !== null && <Link to={documentPath(kind, profile)}>{t('profile.sendAnew')}</Link>}
    </Notice>
  )
}

/** What is being put right, and that a picture of the document helps. */
export function CorrectionNotice({ profile: { correction } }: Pick<ProfileProps, 'profile'>) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  if (correction === null) return null
  const { givenName, familyName, birthDate } = correction
  return (
    <Notice title={t('profile.correctionTitle')}>
      <p>
        {givenName} {familyName}, {dateWords(birthDate)}
      </p>
      <p>{t('profile.correctionBody')}</p>
    </Notice>
  )
}

function Person({ profile }: Pick<ProfileProps, 'profile'>) {
  const { t, i18n } = useTranslation()
  const dateWords = useDateWords()
  const zone = { language: i18n.language, timeZone: profile.timeZone }
  const rows = [
    { term: t('profile.name'), value: `${profile.givenName} ${profile.familyName}` },
    { term: t('form.birthDate'), value: dateWords(profile.birthDate) },
    { term: t('profile.email'), value: profile.email },
    { term: t('form.phone'), value: profile.phone ?? t('profile.noPhone') },
    { term: t('profile.language'), value: ownNameOf(profile.language) },
    { term: t('profile.timeZone'), value: zoneName(new Date().toISOString(), zone) },
  ]
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('profile.personTitle')}</h2>
      <Panel>
        <SummaryList rows={rows} />
      </Panel>
      <p>
        <Link to="/profile/contact">{t('profile.changeContact')}</Link>
      </p>
      <p>
        <Link to="/profile/identity">{t('profile.correct')}</Link>
      </p>
      <p>
        <Link to="/profile/children">{t('profile.childrenTitle')}</Link>
      </p>
      <p>
        <Link to="/profile/data">{t('myData.link')}</Link>
      </p>
    </section>
  )
}

function Professional({ professional }: Pick<Profile, 'professional'>) {
  const { t } = useTranslation()
  return (
    <details className="vv-details" open={professional !== null}>
      <summary>{t('profile.professionalSummary')}</summary>
      <div className="vv-stack vv-stack--near">
        {professional === null ? (
          <p>{t('profile.professionalWho')}</p>
        ) : (
          <>
            <p className="vv-row">
              <Tag tone={TONE[professional.state]}>{t(`verification.${professional.state}`)}</Tag>
              <span>
                {professional.registerName}, {professional.registerNumber}
              </span>
            </p>
            {professional.rejectedReason !== null && (
              <Notice tone="bad" title={t(`rejection.${professional.rejectedReason}.what`)}>
                {t(`rejection.${professional.rejectedReason}.cure`)}
              </Notice>
            )}
          </>
        )}
        <p>
          <Link to="/profile/professional">{t('profile.professionalLink')}</Link>
        </p>
      </div>
    </details>
  )
}
