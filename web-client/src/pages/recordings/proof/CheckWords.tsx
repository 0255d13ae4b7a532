import { Tag, clockTime, ownZone, shortDate } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Check } from './use-check.ts'

/** The server's word for a check that found nothing. */
const GOOD = 'OK'

/** Whether the files were as they were signed. */
export function isGood({ finding }: Pick<Check, 'finding'>): boolean {
  return finding === GOOD
}

/** `22 Nov 2026, 14:30` by this reader's clock. */
export function useInstantWords(): (instant: string) => string {
  const { i18n } = useTranslation()
  const options = { language: i18n.language, timeZone: ownZone() }
  return (instant) => `${shortDate(instant, options)}, ${clockTime(instant, options)}`
}

/** When a check was made and how it came out. */
export function CheckTag({ at, isOk }: { at: string; isOk: boolean }) {
  const { t } = useTranslation()
  const instant = useInstantWords()
  return (
    <span className="vv-row">
      <span className="vv-numbers">{instant(at)}</span>
      <Tag tone={isOk ? 'good' : 'bad'}>{t(isOk ? 'proof.ok' : 'proof.bad')}</Tag>
    </span>
  )
}

/** What is wrong with which file, and where its first bad bytes are. */
export function ProblemList({ check: { problems, finding } }: { check: Check }) {
  const { t, i18n } = useTranslation()
  const figures = new Intl.NumberFormat(i18n.language)
  if (problems.length === 0) return <code className="vv-code-line">{finding}</code>
  return (
    <ul className="vv-bullets">
      {problems.map(({ code, file, fromByte, toByte }) => (
        <li key={`${code} ${file}`}>
          {t(`proof.problem.${code}`)} <code className="vv-code-line">{file}</code>
          {fromByte !== undefined && toByte !== undefined && (
            <span className="vv-numbers">
              {' '}
              {t('proof.bytes', { from: figures.format(fromByte), to: figures.format(toByte) })}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
