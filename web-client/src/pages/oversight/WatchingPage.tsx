import { FailureNotice, Notice, Progress, Tag } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { usePolled } from '../host/use-polled.ts'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { useOffice } from '../office/parts/use-office.ts'
import { CoverageBars } from './CoverageBars.tsx'

type Watching = Reply<'watching'>

/** A little more often than a wall says that it is there. */
const REFRESH_MS = 5_000

/** Who watches what, for the shift leader (OV-7). */
export function WatchingPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { data, failure } = usePolled(
    useCallback(() => call('watching', {}), [call]),
    REFRESH_MS,
  )
  return (
    <OfficeFrame title={t('oversight.watching.title')} back="/office/shift">
      {failure === 'FORBIDDEN' && (
        <Notice>
          <p>{t('oversight.watching.notLeader')}</p>
        </Notice>
      )}
      {failure !== null && failure !== 'FORBIDDEN' && <FailureNotice code={failure} />}
      {data === null && failure === null && <Progress />}
      {data !== null && <Figures watching={data} />}
    </OfficeFrame>
  )
}

function Figures({ watching }: { watching: Watching }) {
  const { t } = useTranslation()
  const { now, today } = watching
  return (
    <>
      <Unwatched watching={watching} />
      <section className="vv-stack vv-stack--near">
        <h2>{t('oversight.watching.now')}</h2>
        <div className="vv-row">
          <Tag tone={now.mustWatched < now.must ? 'warn' : 'good'}>
            {t('oversight.watching.mustNow', { watched: now.mustWatched, all: now.must })}
          </Tag>
          <Tag>{t('oversight.watching.allNow', { watched: now.watched, all: now.underWay })}</Tag>
        </div>
        <Officers officers={watching.officers} />
      </section>
      <section className="vv-stack vv-stack--near">
        <h2>{t('oversight.watching.today')}</h2>
        <CoverageBars coverage={today} />
      </section>
    </>
  )
}

function Unwatched({ watching: { unwatched } }: { watching: Watching }) {
  const { t } = useTranslation()
  const { clock } = useOffice()
  if (unwatched.length === 0) return null
  return (
    <Notice tone="warn" live="status" title={t('oversight.watching.unwatched')}>
      <ul className="vv-list">
        {unwatched.map(({ visitId, terminalName, wing, since }) => (
          <li key={visitId}>
            {terminalName} · {wing}, {t('oversight.watching.since', { time: clock(since) })}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Officers({ officers }: { officers: Watching['officers'] }) {
  const { t } = useTranslation()
  const { clock } = useOffice()
  if (officers.length === 0) return <p className="vv-soft">{t('oversight.watching.nobody')}</p>
  return (
    <div className="vv-office__scroll">
      <table className="vv-table vv-table--dense">
        <thead>
          <tr>
            <th scope="col">{t('oversight.watching.officer')}</th>
            <th scope="col">{t('oversight.watching.heard')}</th>
            <th scope="col">{t('oversight.watching.visit')}</th>
            <th scope="col">{t('oversight.watching.how')}</th>
          </tr>
        </thead>
        <tbody>
          {officers.flatMap(({ accountId, name, heardAt, visits }) =>
            visits.map(({ visitId, terminalName, kinds }, index) => (
              <tr key={`${accountId} ${visitId}`}>
                {index === 0 && (
                  <>
                    <th scope="rowgroup" rowSpan={visits.length}>
                      {name}
                    </th>
                    <td rowSpan={visits.length} className="vv-numbers">
                      {heardAt === null ? '–' : clock(heardAt)}
                    </td>
                  </>
                )}
                <td>{terminalName}</td>
                <td>
                  {kinds.map(({ kind, beganAt }) => (
                    <span key={kind} className="vv-watching__kind">
                      {t(`oversight.watching.kind.${kind}`)}{' '}
                      <span className="vv-soft vv-numbers">
                        {t('oversight.watching.since', { time: clock(beganAt) })}
                      </span>
                    </span>
                  ))}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}
