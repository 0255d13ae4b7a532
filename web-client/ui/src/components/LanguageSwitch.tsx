import { useTranslation } from 'react-i18next'
import { ownNameOf } from '../i18n/languages.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { Button } from './Button.tsx'

/** Every language by its own name, so that anybody can find theirs. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const { language, languages, choose } = useLanguage()
  return (
    <nav aria-label={t('common.language')}>
      <ul className="vv-languages">
        {languages.map((other) => (
          <li key={other}>
            <Button
              look="quiet"
              isSmall
              lang={other}
              aria-current={other === language ? 'true' : undefined}
              onClick={() => choose(other)}
            >
              {ownNameOf(other)}
            </Button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
