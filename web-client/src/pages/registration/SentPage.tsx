import { Notice } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link, Navigate } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'
import type { Registration } from './registration.ts'

/** The same words whether or not the address has an account already. */
export function SentPage({ answers }: { answers: Registration }) {
  const { t } = useTranslation()
  if (answers.email === '') return <Navigate to="/register" replace />
  return (
    <StepPage isPublic title={t('registration.sentTitle')}>
      <Notice tone="good" title={t('registration.sentNotice', { email: answers.email })}>
        <p>{t('registration.sentBody')}</p>
      </Notice>
      <h2>{t('registration.sentNothing')}</h2>
      <ul className="vv-bullets">
        <li>{t('registration.sentSpam')}</li>
        <li>
          {t('registration.sentMistyped')}{' '}
          <Link to="/register/contact">{t('registration.sentMend')}</Link>
        </li>
      </ul>
    </StepPage>
  )
}
