import type { ErrorCode } from '@visavis/contract/errors'
import { Button, PageHeading, useErrorWords } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useTerminal } from '../../flow/terminal.ts'

/** Trying again changes nothing about these. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['SEAT_REFUSED', 'VISIT_ENDED', 'VISIT_NOT_FOUND'])

/** The visit is not to be had here now: why, and what to do. */
export function HaltedScreen({ code }: { code: ErrorCode }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const { happened, cure } = useErrorWords()(code)
  return (
    <TerminalFrame>
      <div className="vv-terminal__middle vv-stack">
        <PageHeading key={code}>{happened}</PageHeading>
        <p>{cure}</p>
        <div className="vv-row">
          {!FINAL.has(code) && (
            <Button onClick={() => tell({ what: 'rejoinPressed' })}>{t('common.tryAgain')}</Button>
          )}
          <Button look="secondary" onClick={() => tell({ what: 'backPressed' })}>
            {t('halted.back')}
          </Button>
          <Button look="secondary" onClick={() => tell({ what: 'reset' })}>
            {t('myVisits.signOut')}
          </Button>
        </div>
      </div>
    </TerminalFrame>
  )
}
