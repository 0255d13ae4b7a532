import { Button, PageHeading } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import type { Contact, RingEnd } from '../../flow/screens.ts'
import { useTerminal } from '../../flow/terminal.ts'

/** How a ring ended, and on to the visit where it was answered. */
export function RangScreen({ contact, end }: { contact: Contact; end: RingEnd }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const name = contact.displayName
  return (
    <TerminalFrame>
      <div className="vv-terminal__middle vv-stack">
        <div className="vv-stack vv-stack--close">
          <PageHeading key={end}>{t(`ring.${end}.title`, { name })}</PageHeading>
          <p>{t(`ring.${end}.body`)}</p>
        </div>
        <div className="vv-row">
          {end === 'ANSWERED' && (
            <Button onClick={() => tell({ what: 'answeredPressed' })}>{t('ring.enterPin')}</Button>
          )}
          <Button look="secondary" onClick={() => tell({ what: 'backPressed' })}>
            {t('common.back')}
          </Button>
        </div>
      </div>
    </TerminalFrame>
  )
}
