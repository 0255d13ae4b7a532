import {
  Button,
  ConfirmDialog,
  FailureNotice,
  Notice,
  PageHeading,
  Panel,
  SummaryList,
  Tag,
} from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDateWords } from '../../forms/use-date-words.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { DocumentList } from './DocumentList.tsx'
import { canShowDocuments, profilePath } from './documents.ts'
import { CorrectionNotice, Rejection, TONE } from './OverviewPage.tsx'
import type { ProfileProps } from './ProfilePages.tsx'

/** One child: whether it is confirmed, what is still to do, whom it may visit, and the consent. */
export function ChildPage({ profile, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  const { verification, rejection, givenName, familyName } = profile
  const hasConsent = profile.guardian?.consentEndedAt === null
  return (
    <AccountPage>
      <div className="vv-stack">
        <Link to="/profile/children" className="vv-back">
          {t('common.back')}
        </Link>
        <div className="vv-row vv-row--spread">
          <PageHeading>{`${givenName} ${familyName}`}</PageHeading>
          <Tag tone={TONE[verification]}>{t(`verification.${verification}`)}</Tag>
        </div>
        {!hasConsent && <Notice tone="warn" title={t('profile.consentEnded')} />}
        {rejection !== null && <Rejection profile={profile} rejection={rejection} />}
        <CorrectionNotice profile={profile} />
        {hasConsent && canShowDocuments(profile) && (
          <DocumentList profile={profile} onProfile={onProfile} />
        )}
        <Person profile={profile} hasConsent={hasConsent} />
        <ConsentSwitch profile={profile} onProfile={onProfile} />
      </div>
    </AccountPage>
  )
}

function Person({
  profile,
  hasConsent,
}: Pick<ProfileProps, 'profile'> & { readonly hasConsent: boolean }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const rows = [{ term: t('form.childBirthDate'), value: dateWords(profile.birthDate) }]
  return (
    <section className="vv-stack vv-stack--near">
      <Panel>
        <SummaryList rows={rows} />
      </Panel>
      {hasConsent && (
        <>
          <p>
            <Link to={`${profilePath(profile)}/identity`}>{t('profile.correct')}</Link>
          </p>
          <p>
            <Link to={`/people/ask/for/${profile.visitorId}`}>
              {t('profile.childAsks', { name: profile.givenName })}
            </Link>
          </p>
        </>
      )}
    </section>
  )
}

function ConsentSwitch({ profile, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [isAsking, setIsAsking] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const { guardian, visitorId: childId } = profile
  if (guardian === null) return null
  const hasConsent = guardian.consentEndedAt === null
  const set = async (isGiven: boolean) => {
    setIsBusy(true)
    const given = { params: { childId }, body: { hasConsent: isGiven } }
    const result = await call('setConsent', given)
    setIsBusy(false)
    setIsAsking(false)
    setCode(result.ok ? null : result.code)
    if (!result.ok) return
    const consentEndedAt = isGiven ? null : new Date().toISOString()
    onProfile({
      ...profile,
      version: profile.version + 1,
      guardian: { ...guardian, consentEndedAt },
    })
  }
  return (
    <div>
      {code !== null && <FailureNotice code={code} />}
      {hasConsent ? (
        <Button look="quiet" onClick={() => setIsAsking(true)}>
          {t('profile.endConsent')}
        </Button>
      ) : (
        <Button look="secondary" isBusy={isBusy} onClick={() => void set(true)}>
          {t('profile.giveConsent')}
        </Button>
      )}
      {isAsking && (
        <EndDialog
          isBusy={isBusy}
          onConfirm={() => void set(false)}
          onCancel={() => setIsAsking(false)}
        />
      )}
    </div>
  )
}

type EndDialogProps = {
  readonly isBusy: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

function EndDialog(props: EndDialogProps) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      title={t('profile.endConsentTitle')}
      confirmLabel={t('profile.endConsentConfirm')}
      cancelLabel={t('profile.endConsentKeep')}
      {...props}
    >
      <p>{t('profile.endConsentBody')}</p>
    </ConfirmDialog>
  )
}
