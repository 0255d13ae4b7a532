import { PageHeading, Progress, useErrorWords } from '@visavis/ui'
import type { FailureCode } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'

/** The terminal cannot be used now; it looks by itself whether that has changed. */
export function OutOfServiceScreen({ code }: { code: FailureCode }) {
  const { t } = useTranslation()
  const { happened, cure } = useErrorWords()(code)
  return (
    <TerminalFrame>
      <div className="vv-terminal__middle vv-stack vv-stack--near">
        <PageHeading key={code}>{happened}</PageHeading>
        <p>{cure}</p>
        <Progress words={t('outOfService.trying')} />
      </div>
    </TerminalFrame>
  )
}
