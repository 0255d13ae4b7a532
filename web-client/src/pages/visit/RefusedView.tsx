import type { ErrorCode } from '@visavis/contract/errors'
import { Button, PageHeading, buttonClass, useErrorWords } from '@visavis/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../AccountPage.tsx'

/** Joining was refused: what happened, what to do, and both ways on. */
export function RefusedView({ code, onRetry }: { code: ErrorCode; onRetry: () => void }) {
  const { t } = useTranslation()
  const { happened, cure } = useErrorWords()(code)
  return (
    <PlainView title={happened} body={cure}>
      <Button onClick={onRetry}>{t('common.tryAgain')}</Button>
    </PlainView>
  )
}

/** LV-4: the seat went to a newer connection of the same person. */
export function ReplacedView({ onRejoin }: { onRejoin: () => void }) {
  const { t } = useTranslation()
  return (
    <PlainView title={t('call.replacedTitle')} body={t('call.replacedBody')}>
      <Button onClick={onRejoin}>{t('call.useHere')}</Button>
    </PlainView>
  )
}

/** The officer did not admit this person. */
export function TurnedAwayView() {
  const { happened, cure } = useErrorWords()('SEAT_REFUSED')
  return <PlainView title={happened} body={cure} />
}

type PlainViewProps = {
  readonly title: string
  readonly body: string
  readonly children?: ReactNode
}

function PlainView({ title, body, children }: PlainViewProps) {
  const { t } = useTranslation()
  return (
    <AccountPage>
      <div className="vv-stack">
        <PageHeading key={title}>{title}</PageHeading>
        <p>{body}</p>
        <div className="vv-row">
          {children}
          <Link to="/visits" className={buttonClass({ look: 'secondary' })}>
            {t('ended.backToVisits')}
          </Link>
        </div>
      </div>
    </AccountPage>
  )
}
