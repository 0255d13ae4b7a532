import { Panel, Tag } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Security } from './SecurityPages.tsx'
import { useMoment } from './use-moment.ts'

/** The newest sign-ins, and what somebody tried in vain: the owner sees whether it was they. */
export function LastTries({ tries }: { tries: Security['lastTries'] }) {
  const { t } = useTranslation()
  const moment = useMoment()
  if (tries.length === 0) return null
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('security.tries')}</h2>
        <p>{t('security.triesBody')}</p>
        <ol className="vv-plain-list vv-tries">
          {tries.map(({ at, method, isAllowed }) => (
            <li key={`${at} ${method} ${String(isAllowed)}`}>
              <time dateTime={at}>{moment(at)}</time> {t(`security.method.${method}`)}{' '}
              <Tag tone={isAllowed ? 'good' : 'warn'}>
                {t(isAllowed ? 'security.allowed' : 'security.refused')}
              </Tag>
            </li>
          ))}
        </ol>
      </div>
    </Panel>
  )
}
