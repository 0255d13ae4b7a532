import { SummaryList, useResource, zoneName } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useDateWords } from '../../../forms/use-date-words.ts'
import { useSession } from '../../../session/session.ts'
import { Verification } from '../inbox/VisitorDecision.tsx'
import { CorrectionDecision } from '../inbox/CorrectionDecision.tsx'
import { DocumentPictures } from '../inbox/DocumentPictures.tsx'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import type { VisitorFile } from '../parts/types.ts'
import { RegisterCheck } from './RegisterCheck.tsx'
import { RelationshipTable } from './RelationshipTable.tsx'
import { RevokeVerification } from './RevokeVerification.tsx'
import { RestrictionSection } from './RestrictionSection.tsx'

/** A visitor as the office knows them, with every decision that can be made about them. */
export function VisitorPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { visitorId = '' } = useParams()
  const load = useCallback(() => call('visitor', { params: { visitorId } }), [call, visitorId])
  const from = useResource(load)
  const name = from.phase === 'ready' ? nameOf(from.data.visitor) : t('officePeople.visitorTitle')
  return (
    <OfficeFrame title={name} back="/office/search">
      <Loaded from={from}>{(file, reload) => <VisitorView file={file} reload={reload} />}</Loaded>
    </OfficeFrame>
  )
}

const nameOf = ({ givenName, familyName }: VisitorFile['visitor']) => `${givenName} ${familyName}`

function VisitorView({ file, reload }: { file: VisitorFile; reload: () => void }) {
  const { t } = useTranslation()
  const [told, tell] = useState<string | null>(null)
  const { visitor, relationships, restrictions } = file
  const finish = (words: string) => {
    tell(words)
    reload()
  }
  return (
    <>
      <Done words={told} />
      <div className="vv-columns">
        <section className="vv-stack vv-stack--near">
          <h2>{t('officePeople.details')}</h2>
          <Contact visitor={visitor} />
          {visitor.professional && <RegisterCheck visitor={visitor} onDone={finish} />}
        </section>
        <section className="vv-stack vv-stack--near">
          <h2>{t('officePeople.documents')}</h2>
          <Identity key={visitor.version} visitor={visitor} onDone={finish} />
        </section>
      </div>
      <RelationshipTable bonds={relationships} side="VISITOR" onDone={finish} />
      <RestrictionSection
        about={{ visitorId: visitor.visitorId }}
        restrictions={restrictions}
        bonds={relationships}
        onDone={finish}
      />
    </>
  )
}

type IdentityProps = Pick<VisitorFile, 'visitor'> & {
  readonly onDone: (words: string) => void
}

/** What can be decided about who this is, by how far it is known. */
function Identity({ visitor, onDone }: IdentityProps) {
  const { visitorId, verification, correction } = visitor
  if (correction !== null) return <CorrectionDecision visitorId={visitorId} onDone={onDone} />
  if (verification === 'SUBMITTED') return <Verification visitor={visitor} onDone={onDone} />
  return (
    <>
      <DocumentPictures visitor={visitor} />
      {verification === 'VERIFIED' && <RevokeVerification visitor={visitor} onDone={onDone} />}
    </>
  )
}

function Contact({ visitor }: Pick<VisitorFile, 'visitor'>) {
  const { t, i18n } = useTranslation()
  const dateWords = useDateWords()
  const { birthDate, email, phone, verification, timeZone, guardian } = visitor
  const ofGuardian =
    guardian?.consentEndedAt == null
      ? guardian?.displayName
      : t('officePeople.withoutConsent', { name: guardian.displayName })
  return (
    <SummaryList
      rows={[
        { term: t('officePeople.birthDate'), value: dateWords(birthDate) },
        { term: t('officePeople.identity'), value: t(`verification.${verification}`) },
        { term: t('officePeople.email'), value: email },
        { term: t('officePeople.phone'), value: phone ?? t('officePeople.noPhone') },
        {
          term: t('officePeople.zone'),
          value: zoneName(new Date().toISOString(), { language: i18n.language, timeZone }),
        },
        ...(guardian === null ? [] : [{ term: t('officePeople.guardian'), value: ofGuardian }]),
      ]}
    />
  )
}
