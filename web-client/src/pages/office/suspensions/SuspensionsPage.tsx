import { Button, FailureNotice, Panel, Tag, useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Done } from '../parts/Done.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { ReasonDialog } from '../parts/ReasonDialog.tsx'
import type { Suspension } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { useOffice } from '../parts/use-office.ts'
import { SuspendForm } from './SuspendForm.tsx'

/** What stops all visits, who ordered it and until when it is to be looked at again (BK-12). */
export function SuspensionsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { isAdmin } = useOffice()
  const [told, tell] = useState<string | null>(null)
  const from = useResource(useCallback(() => call('suspensions', {}), [call]))
  return (
    <OfficeFrame title={t('officeSuspensions.title')}>
      <Done words={told} />
      <Loaded from={from}>
        {({ suspensions }, reload) => {
          const finish = (words: string) => {
            tell(words)
            reload()
          }
          return (
            <>
              <SuspensionList suspensions={suspensions} onDone={finish} />
              {isAdmin ? (
                <SuspendForm onDone={finish} />
              ) : (
                <p className="vv-soft">{t('officeSuspensions.adminOnly')}</p>
              )}
            </>
          )
        }}
      </Loaded>
    </OfficeFrame>
  )
}

type ListProps = {
  readonly suspensions: readonly Suspension[]
  readonly onDone: (words: string) => void
}

function SuspensionList({ suspensions, onDone }: ListProps) {
  const { t } = useTranslation()
  if (suspensions.length === 0) {
    return (
      <Panel>
        <h2>{t('officeSuspensions.emptyTitle')}</h2>
        <p className="vv-soft">{t('officeSuspensions.emptyBody')}</p>
      </Panel>
    )
  }
  return (
    <ul className="vv-list">
      {suspensions.map((suspension) => (
        <li key={suspension.suspensionId} className="vv-panel">
          <SuspensionCard suspension={suspension} onDone={onDone} />
        </li>
      ))}
    </ul>
  )
}

type CardProps = { readonly suspension: Suspension; readonly onDone: (words: string) => void }

function SuspensionCard({ suspension, onDone }: CardProps) {
  const { t } = useTranslation()
  const { short, isAdmin } = useOffice()
  const { scope, classes, authority, reason, reviewAt, startsAt, liftedAt } = suspension
  const isOpen = liftedAt === null
  return (
    <div className="vv-stack vv-stack--close">
      <p className="vv-row">
        <strong>{t(`blackoutScope.${scope}`)}</strong>
        <span>{classes.map((each) => t(`visitClass.${each}`)).join(', ')}</span>
        <Tag tone={isOpen ? 'bad' : 'plain'}>
          {isOpen
            ? t('officeSuspensions.open')
            : t('officeSuspensions.lifted', { when: short(liftedAt) })}
        </Tag>
      </p>
      <p>
        {reason} ({t('officeSuspensions.by', { authority })})
      </p>
      <p className="vv-soft vv-small vv-numbers">
        {t('officeSuspensions.since', { when: short(startsAt) })} ·{' '}
        {t('officeSuspensions.review', { when: short(reviewAt) })}
      </p>
      {isOpen && isAdmin && <Lift suspension={suspension} onDone={onDone} />}
    </div>
  )
}

function Lift({ suspension: { suspensionId, reason }, onDone }: CardProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isOpen, setIsOpen] = useState(false)
  const lift = async (why: string) => {
    const work = () => call('liftSuspension', { params: { suspensionId }, body: { reason: why } })
    const done = await act.run(work)
    if (done === null) return
    setIsOpen(false)
    onDone(t('officeSuspensions.queued', { count: done.queued }))
  }
  return (
    <div>
      <Button
        look="secondary"
        isSmall
        aria-label={t('officeSuspensions.liftLabel', { reason })}
        onClick={() => setIsOpen(true)}
      >
        {t('officeSuspensions.lift')}
      </Button>
      {isOpen && (
        <ReasonDialog
          title={t('officeSuspensions.liftTitle')}
          submitLabel={t('officeSuspensions.lift')}
          act={act}
          onReason={(why) => void lift(why)}
          onClose={() => setIsOpen(false)}
        >
          <p>{t('officeSuspensions.liftBody')}</p>
        </ReasonDialog>
      )}
      {!isOpen && act.failure && <FailureNotice code={act.failure.code} />}
    </div>
  )
}
