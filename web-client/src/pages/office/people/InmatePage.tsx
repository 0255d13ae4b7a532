import { SummaryList, buttonClass, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useDateWords } from '../../../forms/use-date-words.ts'
import { useSession } from '../../../session/session.ts'
import { LedgerView } from '../day/LedgerView.tsx'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import type { InmateFile } from '../parts/types.ts'
import { InmateEvents } from './InmateEvents.tsx'
import { NonAssociationSection } from './NonAssociationSection.tsx'
import { RelationshipTable } from './RelationshipTable.tsx'
import { RestrictionSection } from './RestrictionSection.tsx'

/** An inmate: who may come, what stands in the way, visits left, and what happens in life. */
export function InmatePage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { inmateId = '' } = useParams()
  const load = useCallback(() => call('inmate', { params: { inmateId } }), [call, inmateId])
  const from = useResource(load)
  const name =
    from.phase === 'ready'
      ? `${from.data.inmate.givenName} ${from.data.inmate.familyName}`
      : t('officePeople.inmateTitle')
  return (
    <OfficeFrame title={name} back="/office/search?who=inmates">
      <Loaded from={from}>{(file, reload) => <InmateView file={file} reload={reload} />}</Loaded>
    </OfficeFrame>
  )
}

function InmateView({ file, reload }: { file: InmateFile; reload: () => void }) {
  const { t } = useTranslation()
  const [told, tell] = useState<string | null>(null)
  const { inmate, relationships, restrictions } = file
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
          <Details inmate={inmate} />
          {inmate.custody === 'IN_CUSTODY' && (
            <div>
              <Link
                to={`/office/search/inmates/${inmate.inmateId}/book`}
                className={buttonClass({ look: 'secondary' })}
              >
                {t('officePeople.bookFor')}
              </Link>
            </div>
          )}
        </section>
        <LedgerView inmateId={inmate.inmateId} />
      </div>
      <RelationshipTable bonds={relationships} side="INMATE" onDone={finish} />
      <RestrictionSection
        about={{ inmateId: inmate.inmateId }}
        restrictions={restrictions}
        bonds={relationships}
        onDone={finish}
      />
      <NonAssociationSection file={file} onDone={finish} />
      {inmate.custody === 'IN_CUSTODY' && <InmateEvents file={file} onDone={finish} />}
    </>
  )
}

function Details({ inmate }: Pick<InmateFile, 'inmate'>) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const { inmateNumber, birthDate, wing, custody } = inmate
  return (
    <SummaryList
      rows={[
        { term: t('officePeople.number'), value: inmateNumber },
        { term: t('officePeople.birthDate'), value: dateWords(birthDate) },
        { term: t('officePeople.wing'), value: wing },
        { term: t('officePeople.custody'), value: t(`custody.${custody}`) },
      ]}
    />
  )
}
