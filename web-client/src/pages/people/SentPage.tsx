import { Notice, buttonClass } from '@visavis/ui'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StepPage } from '../../forms/StepPage.tsx'

/** EL-2: what happens next is the same whether or not such a person is inside. */
export function SentPage({ onShown }: { onShown: () => void }) {
  const { t } = useTranslation()
  // Only here: without its answers, the page before would lead back to the first question.
  useEffect(() => onShown(), [onShown])
  return (
    <StepPage title={t('people.sentTitle')}>
      <Notice tone="good">{t('people.sentNotice')}</Notice>
      <h2>{t('people.sentNext')}</h2>
      <ol className="vv-bullets">
        <li>{t('people.sentFacility')}</li>
        <li>{t('people.sentOther')}</li>
        <li>{t('people.sentMail')}</li>
      </ol>
      <p>
        <Link to="/people" className={buttonClass({ isWide: true })}>
          {t('people.toList')}
        </Link>
      </p>
    </StepPage>
  )
}
