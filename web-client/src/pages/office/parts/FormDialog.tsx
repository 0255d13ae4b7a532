import { Button, Dialog, ErrorSummary, useErrorWords } from '@visavis/ui'
import type { FormProblem } from '@visavis/ui'
import { useState } from 'react'
import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Act } from './use-act.ts'

type FormDialogProps = {
  readonly title: string
  readonly submitLabel: string
  /** Something that cannot be taken back. */
  readonly isDanger?: boolean
  readonly act: Act
  readonly onSubmit: (form: FormData) => void
  readonly onClose: () => void
  /** What is wrong with the form, found before it is sent. */
  readonly check?: (form: FormData) => readonly FormProblem[]
  readonly children: ReactNode | ((errorOf: (fieldId: string) => string | null) => ReactNode)
}

/** A form over the page. Mount it to open it; Escape closes it and the focus goes back. */
export function FormDialog(props: FormDialogProps) {
  const { title, act, onClose, children } = props
  const [shown, show] = useState<Shown>({ attempt: 0, problems: [] })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (act.isBusy) return
    const form = new FormData(event.currentTarget)
    const problems = props.check?.(form) ?? []
    show({ attempt: shown.attempt + 1, problems })
    if (problems.length === 0) props.onSubmit(form)
  }
  const errorOf = (fieldId: string) =>
    shown.problems.find((problem) => problem.fieldId === fieldId)?.text ?? null
  return (
    <Dialog title={title} className="vv-dialog--form" onClose={onClose}>
      <form className="vv-stack vv-stack--near" noValidate onSubmit={submit}>
        <DialogProblems shown={shown} act={act} />
        {typeof children === 'function' ? children(errorOf) : children}
        <DialogButtons {...props} />
      </form>
    </Dialog>
  )
}

type Shown = { readonly attempt: number; readonly problems: readonly FormProblem[] }

function DialogProblems({ shown, act: { failure } }: { shown: Shown; act: Act }) {
  const wordsOf = useErrorWords()
  const problems: FormProblem[] = [...shown.problems]
  if (failure) {
    const { happened, cure } = wordsOf(failure.code)
    problems.push({ fieldId: null, text: `${happened}. ${cure}` })
    for (const { field, cure: words } of failure.fields ?? []) {
      problems.push({ fieldId: null, text: `${field}: ${words}` })
    }
  }
  return <ErrorSummary key={`${shown.attempt} ${String(failure !== null)}`} problems={problems} />
}

function DialogButtons({ submitLabel, isDanger = false, act, onClose }: FormDialogProps) {
  const { t } = useTranslation()
  return (
    <div className="vv-row">
      <Button type="submit" look={isDanger ? 'danger' : 'primary'} isBusy={act.isBusy}>
        {submitLabel}
      </Button>
      <Button look="secondary" onClick={onClose}>
        {t('common.cancel')}
      </Button>
    </div>
  )
}
