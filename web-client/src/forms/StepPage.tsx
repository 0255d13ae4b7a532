import { Button, ErrorSummary, Page, PageHeading } from '@visavis/ui'
import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AccountPage } from '../pages/AccountPage.tsx'
import type { Problems } from './use-problems.ts'

export type StepPageProps = {
  readonly title: string
  /** Address of the page before. */
  readonly back?: string
  readonly backLabel?: string
  /** Which page of how many, counted from 1. */
  readonly step?: { readonly at: number; readonly of: number }
  readonly problems?: Problems
  /** Before there is an account. */
  readonly isPublic?: boolean
  readonly children: ReactNode
}

/** One page of a journey: the way back, how far it is, one question. */
export function StepPage({ title, children, isPublic = false, ...rest }: StepPageProps) {
  const Frame = isPublic ? Page : AccountPage
  return (
    <Frame>
      <div className="vv-stack">
        <StepTop {...rest} />
        <PageHeading key={title}>{title}</PageHeading>
        {children}
      </div>
    </Frame>
  )
}

function StepTop({
  back,
  backLabel,
  step,
  problems,
}: Pick<StepPageProps, 'back' | 'backLabel' | 'step' | 'problems'>) {
  const { t } = useTranslation()
  if (back === undefined && step === undefined && problems === undefined) return null
  return (
    <div className="vv-step-top">
      {back !== undefined && (
        <Link to={back} className="vv-back">
          {backLabel ?? t('common.back')}
        </Link>
      )}
      {problems && <ErrorSummary key={problems.attempt} problems={problems.problems} />}
      {step && (
        <p className="vv-soft vv-small vv-numbers">
          {t('form.step', { at: step.at, of: step.of })}
        </p>
      )}
    </div>
  )
}

type StepFormProps = {
  readonly onSubmit: (form: FormData) => void
  readonly submitLabel?: string
  readonly isBusy?: boolean
  readonly children: ReactNode
}

/** The question's form; pressing Enter goes on. */
export function StepForm({ onSubmit, submitLabel, isBusy = false, children }: StepFormProps) {
  const { t } = useTranslation()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!isBusy) onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form className="vv-stack vv-form" noValidate onSubmit={submit}>
      {children}
      <div>
        <Button type="submit" isWide isBusy={isBusy}>
          {submitLabel ?? t('form.goOn')}
        </Button>
      </div>
    </form>
  )
}
