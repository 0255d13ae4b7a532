import { Button, FailureNotice, Notice, Progress, buttonClass } from '@visavis/ui'
import type { Result } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { StepPage } from '../../forms/StepPage.tsx'
import { useSession } from '../../session/session.ts'

type Answer = Result<Reply<'confirmRegistration'>>

/**
 * Where the link in the mail leads. The account is made by a press, not by opening the page: programs
 * that look at mails open links too, and this one works once.
 */
export function ConfirmPage({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const { call } = useSession()
  // Behind the #, so that it is in no server's log.
  const { hash } = useLocation()
  const [answer, setAnswer] = useState<Answer | 'busy' | null>(null)
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? ''
  const confirm = async () => {
    setAnswer('busy')
    const result = await call('confirmRegistration', { body: { token } })
    if (result.ok) onDone()
    setAnswer(result)
  }
  if (answer === 'busy') {
    return (
      <StepPage isPublic title={t('registration.confirmTitle')}>
        <Progress />
      </StepPage>
    )
  }
  if (answer?.ok === true) return <Ready />
  return (
    <StepPage isPublic title={t('registration.confirmTitle')}>
      {answer && <NotMade code={answer.code} />}
      {answer?.code !== 'REGISTRATION_TOKEN_REFUSED' && (
        <>
          <p>{t('registration.confirmBody')}</p>
          <div>
            <Button isWide onClick={() => void confirm()}>
              {t('registration.confirm')}
            </Button>
          </div>
        </>
      )}
    </StepPage>
  )
}

function NotMade({ code }: { code: Parameters<typeof FailureNotice>[0]['code'] }) {
  const { t } = useTranslation()
  return (
    <FailureNotice code={code}>
      <p>
        <Link to="/register">{t('registration.again')}</Link>
      </p>
      {code === 'REGISTRATION_TOKEN_REFUSED' && (
        <p>
          {t('registration.finishedBefore')} <Link to="/sign-in">{t('signIn.submit')}</Link>
        </p>
      )}
    </FailureNotice>
  )
}

function Ready() {
  const { t } = useTranslation()
  return (
    <StepPage isPublic title={t('registration.readyTitle')}>
      <Notice tone="good">{t('registration.readyBody')}</Notice>
      <p>
        <Link to="/sign-in" className={buttonClass({ isWide: true })}>
          {t('registration.toSignIn')}
        </Link>
      </p>
    </StepPage>
  )
}
