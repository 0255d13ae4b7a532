import { Button, FailureNotice, Notice, Progress } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate, useParams } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import { useSession } from '../../session/session.ts'
import { canShowDocuments, kindOf, profilePath } from './documents.ts'
import type { DocumentKind } from './documents.ts'
import { preparePicture } from './picture.ts'
import type { PreparedPicture } from './picture.ts'
import { PictureChooser } from './PictureChooser.tsx'
import type { ProfileProps } from './ProfilePages.tsx'

/** One picture: how to take it, taking it, looking at it, sending it. */
export function DocumentPage({ profile, onProfile }: ProfileProps) {
  const kind = kindOf(useParams()['kind'])
  if (kind === null || !canShowDocuments(profile)) {
    return <Navigate to={profilePath(profile)} replace />
  }
  return <OneDocument kind={kind} profile={profile} onProfile={onProfile} />
}

type Picked = PreparedPicture | 'preparing' | null

function OneDocument({ kind, profile, onProfile }: { kind: DocumentKind } & ProfileProps) {
  const { t } = useTranslation()
  const [picked, setPicked] = useState<Picked>(null)
  const { isBusy, code, send } = useSending(kind, { profile, onProfile })
  const pick = async (file: File) => {
    setPicked('preparing')
    setPicked(await preparePicture(file))
  }
  const ready = picked !== null && picked !== 'preparing' && picked.ok ? picked : null
  return (
    <StepPage title={t(`profile.take.${kind}`)} back={profilePath(profile)}>
      {code !== null && <FailureNotice code={code} />}
      {ready === null && <NotReady picked={picked} kind={kind} />}
      {ready !== null && (
        <>
          <Preview blob={ready.blob} label={t(`rejectedField.${kind}`)} />
          <div>
            <Button isWide isBusy={isBusy} onClick={() => void send(ready.blob)}>
              {t('profile.picture.send')}
            </Button>
          </div>
        </>
      )}
      {isBusy && <Progress words={t('profile.picture.sending')} />}
      <PictureChooser kind={kind} isAgain={ready !== null} onPick={(file) => void pick(file)} />
    </StepPage>
  )
}

function NotReady({ picked, kind }: { picked: Picked; kind: DocumentKind }) {
  const { t } = useTranslation()
  if (picked === 'preparing') return <Progress words={t('profile.picture.preparing')} />
  return (
    <>
      {picked?.ok === false && (
        <Notice tone="bad" live="alert" title={t(`profile.picture.${picked.problem}`)}>
          {t('profile.picture.cure')}
        </Notice>
      )}
      <HowTo kind={kind} />
    </>
  )
}

function useSending(kind: DocumentKind, { profile, onProfile }: ProfileProps) {
  const { call } = useSession()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const [code, setCode] = useState<FailureCode | null>(null)
  const send = async (body: Blob) => {
    setIsBusy(true)
    setCode(null)
    const ofChild = { childId: profile.visitorId, kind }
    const result =
      profile.guardian === null
        ? await call('uploadDocument', { params: { kind }, body })
        : await call('uploadChildDocument', { params: ofChild, body })
    setIsBusy(false)
    if (!result.ok) {
      setCode(result.code)
      return
    }
    onProfile(result.data)
    await navigate(profilePath(profile))
  }
  return { isBusy, code, send }
}

function HowTo({ kind }: { kind: DocumentKind }) {
  const { t } = useTranslation()
  const isFace = kind === 'PHOTO'
  return (
    <ul className="vv-bullets">
      <li>{t(isFace ? 'profile.how.faceLight' : 'profile.how.light')}</li>
      <li>{t(isFace ? 'profile.how.faceBare' : 'profile.how.corners')}</li>
      <li>{t('profile.how.kept')}</li>
    </ul>
  )
}

function Preview({ blob, label }: { blob: Blob; label: string }) {
  const { t } = useTranslation()
  // Mounted anew for each picture; the browser keeps the picture until the address is given back.
  const [url] = useState(() => URL.createObjectURL(blob))
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  return (
    <figure className="vv-chosen-picture">
      <img src={url} alt={t('profile.picture.preview', { what: label })} />
      <figcaption role="status">{t('profile.picture.look')}</figcaption>
    </figure>
  )
}
