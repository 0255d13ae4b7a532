import { Button, FailureNotice, Icon, Tag } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDateWords } from '../../forms/use-date-words.ts'
import { useSession } from '../../session/session.ts'
import { canSubmit, documentPath, documentStates } from './documents.ts'
import type { DocumentState } from './documents.ts'
import type { ProfileProps } from './ProfilePages.tsx'

/** What is there, what is missing, and handing it in. */
export function DocumentList({ profile, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('profile.documentsTitle')}</h2>
      <ul className="vv-choices">
        {documentStates(profile).map((state) => (
          <li key={state.kind}>
            <DocumentLink state={state} path={documentPath(state.kind, profile)} />
          </li>
        ))}
      </ul>
      {canSubmit(profile) && <Submit profile={profile} onProfile={onProfile} />}
    </section>
  )
}

function DocumentLink({ state, path }: { state: DocumentState; path: string }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const { kind, uploadedAt } = state
  return (
    <Link to={path} className="vv-choice">
      <span className="vv-choice__words">
        <span className="vv-choice__title">{t(`rejectedField.${kind}`)}</span>
        <span className="vv-choice__detail">
          {uploadedAt === null
            ? t(`profile.about.${kind}`)
            : t('profile.sentOn', { date: dateWords(uploadedAt) })}
        </span>
      </span>
      <DocumentTag state={state} />
    </Link>
  )
}

function DocumentTag({ state: { uploadedAt, isMissing, isRejected } }: { state: DocumentState }) {
  const { t } = useTranslation()
  if (isRejected) return <Tag tone="bad">{t('profile.tag.anew')}</Tag>
  if (isMissing) return <Tag tone="warn">{t('profile.tag.needed')}</Tag>
  if (uploadedAt === null) return <Tag>{t('profile.tag.optional')}</Tag>
  return (
    <Tag tone="good">
      <Icon name="check" size="1em" />
      {t('profile.tag.there')}
    </Tag>
  )
}

function Submit({ profile, onProfile }: ProfileProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const submit = async () => {
    setIsBusy(true)
    const params = { childId: profile.visitorId }
    const result =
      profile.guardian === null
        ? await call('submitDocuments', {})
        : await call('submitChildDocuments', { params })
    setIsBusy(false)
    setCode(result.ok ? null : result.code)
    if (result.ok) onProfile(result.data)
  }
  return (
    <>
      {code !== null && <FailureNotice code={code} />}
      <p>{t('profile.submitIntro')}</p>
      <div>
        <Button isWide isBusy={isBusy} onClick={() => void submit()}>
          {t('profile.submit')}
        </Button>
      </div>
    </>
  )
}
