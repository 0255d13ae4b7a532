import { SummaryList, Tag, untilInWords, useNow } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useMoment } from '../security/use-moment.ts'

type Clocked = Pick<Reply<'incidents'>['incidents'][number], 'authority' | 'people'>
type State = Clocked['people']['state']

const TONES: Readonly<Record<State, TagTone>> = {
  RUNNING: 'action',
  SOON: 'warn',
  LATE: 'bad',
  DONE: 'good',
  DONE_LATE: 'warn',
}

/** Until when the authority and the people are told, and how that stands. */
export function Clocks({ incident: { authority, people } }: { incident: Clocked }) {
  const { t } = useTranslation()
  return (
    <SummaryList
      rows={[
        { term: t('incidents.authorityClock'), value: <ClockWords clock={authority} /> },
        { term: t('incidents.peopleClock'), value: <ClockWords clock={people} /> },
      ]}
    />
  )
}

function ClockWords({ clock: { state, dueAt, doneAt } }: { clock: Clocked['people'] }) {
  const { t, i18n } = useTranslation()
  const moment = useMoment()
  const nowMs = useNow()
  const isRunning = state === 'RUNNING' || state === 'SOON'
  return (
    <span className="vv-row">
      <Tag tone={TONES[state]}>{t(`incidents.clock.${state}`)}</Tag>
      <span>{moment(doneAt ?? dueAt)}</span>
      {isRunning && (
        <span className="vv-soft">
          {untilInWords(nowMs, Math.max(nowMs, Date.parse(dueAt)), i18n.language)}
        </span>
      )}
    </span>
  )
}
