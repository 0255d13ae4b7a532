import { Icon, Notice, useErrorWords } from '@visavis/ui'
import type { IconName, NoticeTone } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDateWords } from '../../forms/use-date-words.ts'
import { STEP_PATH, inOrderOfNeed } from './eligibility-words.ts'
import type { Check } from './eligibility-words.ts'
import type { Report } from './types.ts'

type People = readonly { readonly visitorId: string; readonly displayName: string }[]
type EligibilityViewProps = { readonly report: Report; readonly people: People }

const TONE: Readonly<Record<Report['verdict'], NoticeTone>> = {
  MAY: 'good',
  ASK: 'plain',
  MAY_NOT: 'warn',
}
const ICON: Readonly<Record<Check['verdict'], IconName>> = {
  PASSED: 'check',
  REFUSED: 'alert',
  UNKNOWN: 'info',
  NOT_CHECKED: 'info',
}

/** The whole answer of the rules: each with its verdict, a sentence, when it lifts, what to do. */
export function EligibilityView({ report, people }: EligibilityViewProps) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const checks = inOrderOfNeed(report.checks)
  const open = checks.filter(({ verdict }) => verdict === 'REFUSED' || verdict === 'UNKNOWN')
  const rest = checks.filter((check) => !open.includes(check))
  return (
    <>
      <Notice tone={TONE[report.verdict]} title={t(`booking.verdict.${report.verdict}`)}>
        {report.liftsAt !== null && (
          <p>{t('booking.liftsAt', { date: dateWords(report.liftsAt) })}</p>
        )}
      </Notice>
      <CheckList checks={open} people={people} />
      {/* What stands in the way must not be lost among all that does not. */}
      <details className="vv-details">
        <summary>{t('booking.alsoChecked', { total: rest.length })}</summary>
        <CheckList checks={rest} people={people} />
      </details>
    </>
  )
}

function CheckList({ checks, people }: { checks: readonly Check[]; people: People }) {
  if (checks.length === 0) return null
  return (
    <ul className="vv-checks">
      {checks.map((check) => (
        <li
          key={`${check.check} ${check.visitorId ?? ''}`}
          className={`vv-check-line vv-check-line--${check.verdict.toLowerCase()}`}
        >
          <Icon name={ICON[check.verdict]} />
          <CheckLine check={check} people={people} />
        </li>
      ))}
    </ul>
  )
}

function CheckLine({ check, people }: { check: Check; people: People }) {
  const { t } = useTranslation()
  const dateWords = useDateWords()
  const wordsOf = useErrorWords()
  const words = check.code === null ? null : wordsOf(check.code)
  const who = people.find(({ visitorId }) => visitorId === check.visitorId)
  return (
    <div className="vv-stack vv-stack--close">
      <p>
        <strong>{t(`eligibilityCheck.${check.check}`)}</strong>
        {who && ` (${who.displayName})`}:{' '}
        <span className="vv-check-line__verdict">{t(`verdict.${check.verdict}`)}</span>
      </p>
      {words && (
        <p>
          {words.happened}. {words.cure}
        </p>
      )}
      {check.liftsAt !== null && <p>{t('booking.liftsAt', { date: dateWords(check.liftsAt) })}</p>}
      <NextStepLine nextStep={check.nextStep} />
    </div>
  )
}

function NextStepLine({ nextStep }: Pick<Check, 'nextStep'>) {
  const { t } = useTranslation()
  if (nextStep === null) return null
  const path = STEP_PATH[nextStep]
  const words = t(`nextStep.${nextStep}`)
  return <p>{path === null ? words : <Link to={path}>{words}</Link>}</p>
}
