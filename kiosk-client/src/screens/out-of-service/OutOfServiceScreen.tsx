import type { DisableReason } from '@visavis/contract/terminal-health'
import { PageHeading, Progress, useErrorWords } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'

type OutOfServiceProps = {
  readonly code: FailureCode
  /** Why staff took it out of service; null where nobody did, or it is not known. */
  readonly reason: DisableReason | null
}

/** The terminal cannot be used now; it looks by itself whether that has changed. */
export function OutOfServiceScreen({ code, reason }: OutOfServiceProps) {
  const { t } = useTranslation()
  const { happened, cure } = useErrorWords()(code)
  return (
    <TerminalFrame>
      <div className="vv-terminal__middle vv-stack vv-stack--near">
        <PageHeading key={reason ?? code}>
          {reason === null ? happened : t(`disabled.${reason}.title`)}
        </PageHeading>
        <p>{reason === null ? cure : t(`disabled.${reason}.body`)}</p>
        {reason === null && <Progress words={t('outOfService.trying')} />}
      </div>
    </TerminalFrame>
  )
}
