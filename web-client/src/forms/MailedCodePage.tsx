import { useTranslation } from 'react-i18next'
import { CodeField } from './CodeField.tsx'
import { StepForm, StepPage } from './StepPage.tsx'
import type { StepPageProps } from './StepPage.tsx'
import { useTypedCode } from './use-typed-code.ts'
import type { TypedCode } from './use-typed-code.ts'

type Props<Data> = TypedCode<Data> &
  Pick<StepPageProps, 'title' | 'step' | 'isPublic'> & {
    /** Where the code was sent. */
    readonly body: string
    readonly onAgain: () => void
  }

/** The step in which somebody types the code that a mail brought, or has it sent again. */
export function MailedCodePage<Data>({ send, onTaken, body, onAgain, ...page }: Props<Data>) {
  const { t } = useTranslation()
  const { problems, isBusy, submit } = useTypedCode({ send, onTaken })
  return (
    <StepPage {...page} problems={problems}>
      <p>{body}</p>
      <StepForm isBusy={isBusy} onSubmit={submit}>
        <CodeField label={t('code.mail')} hint={t('code.mailHint')} error={problems.of('code')} />
      </StepForm>
      <p>
        {t('recovery.nothingCame')}{' '}
        <button type="button" className="vv-link" onClick={onAgain}>
          {t('recovery.again')}
        </button>
      </p>
    </StepPage>
  )
}
