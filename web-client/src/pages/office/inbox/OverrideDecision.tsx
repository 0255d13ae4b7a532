import { Button, FailureNotice, Notice, SummaryList, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import type { Restriction, VisitorFile } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { RefuseOverride } from './RefuseOverride.tsx'
import type { DecisionProps } from './TaskPanel.tsx'

type Override = Restriction['overrides'][number]

/** An exception that a colleague asks for; only a second person may grant it (EL-5). */
export function OverrideDecision({ task, onDone }: DecisionProps) {
  const { call } = useSession()
  const visitorId = task.visitor?.visitorId ?? ''
  const overrideId = task.subjectId ?? ''
  const load = useCallback(() => call('visitor', { params: { visitorId } }), [call, visitorId])
  return (
    <Loaded from={useResource(load)}>
      {(file) => (
        <>
          <AskedException file={file} overrideId={overrideId} />
          <GrantOverride overrideId={overrideId} isMain onDone={onDone} />
          <RefuseOverride overrideId={overrideId} onDone={onDone} />
        </>
      )}
    </Loaded>
  )
}

function AskedException({ file, overrideId }: { file: VisitorFile; overrideId: string }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const asked = exceptionIn(file, overrideId)
  if (asked === null) return <Notice title={t('officeInbox.plain')} />
  const { restriction, override } = asked
  return (
    <SummaryList
      rows={[
        { term: t('officePeople.restriction'), value: t(`restrictionKind.${restriction.kind}`) },
        { term: t('officePeople.restrictionReason'), value: restriction.reason },
        { term: t('officePeople.overrideReason'), value: override.reason },
        { term: t('officePeople.until'), value: short(override.expiresAt) },
      ]}
    />
  )
}

function exceptionIn({ restrictions }: VisitorFile, overrideId: string) {
  for (const restriction of restrictions) {
    const override = restriction.overrides.find((each: Override) => each.overrideId === overrideId)
    if (override) return { restriction, override }
  }
  return null
}

type GrantOverrideProps = {
  readonly overrideId: string
  /** The act that the page is there for, not one of many. */
  readonly isMain?: boolean
  readonly onDone: (words: string) => void
}

/** The second person's yes; whoever asked is refused by the server. */
export function GrantOverride({ overrideId, isMain = false, onDone }: GrantOverrideProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const grant = async () => {
    const done = await act.run(() => call('grantOverride', { params: { overrideId } }))
    if (done !== null) onDone(t('officePeople.granted'))
  }
  return (
    <div className="vv-stack vv-stack--close">
      {act.failure && <FailureNotice code={act.failure.code} />}
      <div>
        <Button
          isSmall={!isMain}
          look={isMain ? 'primary' : 'secondary'}
          isBusy={act.isBusy}
          onClick={() => void grant()}
        >
          {t('officePeople.grant')}
        </Button>
      </div>
    </div>
  )
}
