import { useResource } from '@visavis/ui'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../../office/parts/Loaded.tsx'
import { CheckTag, ProblemList, isGood } from './CheckWords.tsx'
import type { Check } from './use-check.ts'

/** Every check of a recording, newest first; fetched when somebody wants to see them. */
export function CheckList({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className="vv-office__more" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('proof.allChecks')}</summary>
      {isOpen && <Checks recordingId={recordingId} />}
    </details>
  )
}

function Checks({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(
    useCallback(() => call('recordingChecks', { params: { recordingId } }), [call, recordingId]),
  )
  return (
    <Loaded from={loaded}>
      {({ checks }) =>
        checks.length === 0 ? (
          <p className="vv-soft">{t('proof.notChecked')}</p>
        ) : (
          <ul className="vv-list vv-list--near">
            {checks.map((check) => (
              <li key={check.checkedAt}>
                <CheckLine check={check} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

function CheckLine({ check }: { check: Check }) {
  const { t } = useTranslation()
  const { checkedAt, askedBy } = check
  const isOk = isGood(check)
  return (
    <>
      <div className="vv-row">
        <CheckTag at={checkedAt} isOk={isOk} />
        <span className="vv-soft vv-small">
          {askedBy === null ? t('proof.byItself') : t('proof.askedBy', { name: askedBy })}
        </span>
      </div>
      {!isOk && <ProblemList check={check} />}
    </>
  )
}
