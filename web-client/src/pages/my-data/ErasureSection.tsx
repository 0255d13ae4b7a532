import { Button, FailureNotice, Notice } from '@visavis/ui'
import { useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { useMoment } from '../security/use-moment.ts'

type Wish = Reply<'myErasure'>['erasure']

/** The right to be forgotten: asked for in two steps, taken back in one. */
export function ErasureSection() {
  const { t } = useTranslation()
  const { call } = useSession()
  const found = useResource(useCallback(() => call('myErasure', {}), [call]))
  return (
    <section className="vv-stack vv-stack--near" aria-live="polite">
      <h2>{t('erasure.title')}</h2>
      <Loaded from={found}>{({ erasure }) => <Asked first={erasure} />}</Loaded>
    </section>
  )
}

function Asked({ first }: { first: Wish }) {
  const [wish, change] = useState(first)
  return (
    <>
      {wish !== null && <WhatBecameOfIt wish={wish} />}
      {wish?.state === 'ASKED' ? <TakeBack onDone={change} /> : <Ask onDone={change} />}
    </>
  )
}

function WhatBecameOfIt({ wish }: { wish: NonNullable<Wish> }) {
  const { t } = useTranslation()
  const moment = useMoment()
  if (wish.state === 'ASKED') {
    return (
      <Notice title={t('erasure.asked', { when: moment(wish.dueAt) })}>
        {wish.hasVisitsAhead && <p>{t('erasure.visitsAhead')}</p>}
      </Notice>
    )
  }
  if (wish.keptReason === null) return null
  return <Notice tone="bad" title={t(`erasure.kept.${wish.keptReason}`)} />
}

type StepProps = { readonly onDone: (wish: Wish) => void }

function Ask({ onDone }: StepProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const [isSure, setSure] = useState(false)
  const ask = async () => {
    const answer = await act.run(() => call('askErasure', {}))
    if (answer !== null) onDone(answer.erasure)
  }
  return (
    <>
      <p>{t('erasure.intro')}</p>
      {isSure && <Notice tone="bad" title={t('erasure.warning')} />}
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <div className="vv-row">
        {isSure ? (
          <>
            <Button isBusy={act.isBusy} onClick={() => void ask()}>
              {t('erasure.confirm')}
            </Button>
            <Button look="secondary" onClick={() => setSure(false)}>
              {t('erasure.keepMe')}
            </Button>
          </>
        ) : (
          <Button look="secondary" onClick={() => setSure(true)}>
            {t('erasure.ask')}
          </Button>
        )}
      </div>
    </>
  )
}

function TakeBack({ onDone }: StepProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const takeBack = async () => {
    const answer = await act.run(() => call('withdrawErasure', {}))
    if (answer !== null) onDone(answer.erasure)
  }
  return (
    <div>
      {act.failure !== null && <FailureNotice code={act.failure.code} />}
      <Button isBusy={act.isBusy} onClick={() => void takeBack()}>
        {t('erasure.withdraw')}
      </Button>
    </div>
  )
}
