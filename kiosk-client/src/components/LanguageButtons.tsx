import { Button, ownNameOf, useLanguage } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useTerminal } from '../flow/terminal.ts'

/** Every language by its own name, large; the choice holds until the person leaves. */
export function LanguageButtons() {
  const { t } = useTranslation()
  const { language: present, languages } = useLanguage()
  const { language } = useTerminal()
  return (
    <nav aria-label={t('common.language')} className="vv-terminal__languages">
      {languages.map((other) => (
        <Button
          key={other}
          look="secondary"
          lang={other}
          aria-pressed={other === present}
          onClick={() => language.choose(other)}
        >
          {ownNameOf(other)}
        </Button>
      ))}
    </nav>
  )
}
