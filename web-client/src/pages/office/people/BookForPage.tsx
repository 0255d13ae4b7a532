import { Panel, RadioGroup, useResource } from '@visavis/ui'
import { VISIT_CLASSES } from '@visavis/contract/media-policy'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import type { Bond, InmateFile, VisitClass } from '../parts/types.ts'
import { FreeTimes } from './FreeTimes.tsx'

/** Books a visit for people who called: who comes, which class, one of the free times. */
export function BookForPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { inmateId = '' } = useParams()
  const load = useCallback(() => call('inmate', { params: { inmateId } }), [call, inmateId])
  return (
    <OfficeFrame title={t('officeBook.title')} back={`/office/search/inmates/${inmateId}`}>
      <Loaded from={useResource(load)}>{(file) => <Party file={file} />}</Loaded>
    </OfficeFrame>
  )
}

function Party({ file: { inmate, relationships } }: { file: InmateFile }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [visitClass, setClass] = useState<VisitClass>('social')
  const approved = relationships.filter(({ state }) => state === 'APPROVED')
  if (approved.length === 0) {
    return (
      <Panel>
        <p>{t('officeBook.nobody')}</p>
      </Panel>
    )
  }
  const toggle = (visitorId: string, isIn: boolean) =>
    setChosen((before) => [
      ...before.filter((id) => id !== visitorId),
      ...(isIn ? [visitorId] : []),
    ])
  return (
    <>
      <p>{t('officeBook.forWhom', { name: `${inmate.givenName} ${inmate.familyName}` })}</p>
      <WhoComes bonds={approved} chosen={chosen} onToggle={toggle} />
      <RadioGroup
        legend={t('officeDay.class')}
        value={visitClass}
        options={VISIT_CLASSES.map((value) => ({ value, label: t(`visitClass.${value}`) }))}
        onChoose={(value) => setClass(value as VisitClass)}
      />
      {chosen.length > 0 && (
        <FreeTimes
          key={`${chosen.join()} ${visitClass}`}
          inmateId={inmate.inmateId}
          visitorIds={chosen}
          visitClass={visitClass}
        />
      )}
    </>
  )
}

type WhoComesProps = {
  readonly bonds: readonly Bond[]
  readonly chosen: readonly string[]
  readonly onToggle: (visitorId: string, isIn: boolean) => void
}

function WhoComes({ bonds, chosen, onToggle }: WhoComesProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="vv-radios">
      <legend>{t('officeBook.who')}</legend>
      {bonds.map(({ visitor, kind }) => (
        <label key={visitor.visitorId}>
          <input
            type="checkbox"
            checked={chosen.includes(visitor.visitorId)}
            onChange={(event) => onToggle(visitor.visitorId, event.target.checked)}
          />
          <span>
            {visitor.givenName} {visitor.familyName} ({t(`relationshipKind.${kind}`)})
          </span>
        </label>
      ))}
    </fieldset>
  )
}
