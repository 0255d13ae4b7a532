import { PageHeading, Panel, Tag, buttonClass, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Reply } from '../../api/api.ts'
import { useSession } from '../../session/session.ts'
import { AccountPage } from '../AccountPage.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { useMoment } from '../security/use-moment.ts'
import { Clocks } from './Clocks.tsx'

/** The operator's incidents, with the clocks of each. */
export function IncidentsPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const loaded = useResource(useCallback(() => call('incidents', {}), [call]))
  return (
    <AccountPage width="wide">
      <div className="vv-stack">
        <PageHeading>{t('incidents.title')}</PageHeading>
        <p>{t('incidents.intro')}</p>
        <p>
          <Link to="/incidents/new" className={buttonClass()}>
            {t('incidents.new')}
          </Link>
        </p>
        <Loaded from={loaded}>{({ incidents }) => <IncidentList incidents={incidents} />}</Loaded>
      </div>
    </AccountPage>
  )
}

function IncidentList({ incidents }: Pick<Reply<'incidents'>, 'incidents'>) {
  const { t } = useTranslation()
  const moment = useMoment()
  if (incidents.length === 0) return <p className="vv-soft">{t('incidents.none')}</p>
  return (
    <ul className="vv-list">
      {incidents.map((incident) => (
        <li key={incident.incidentId}>
          <Panel as="article">
            <div className="vv-stack vv-stack--close">
              <h2 className="vv-row">
                <Link to={`/incidents/${incident.incidentId}`}>{incident.title}</Link>
                <Tag tone={incident.state === 'OPEN' ? 'warn' : 'plain'}>
                  {t(`incidents.state.${incident.state}`)}
                </Tag>
              </h2>
              <p className="vv-soft">
                {t('incidents.discoveredAt', { when: moment(incident.discoveredAt) })}{' '}
                {t('incidents.affected', { count: incident.affected })}
              </p>
              {incident.state === 'OPEN' && <Clocks incident={incident} />}
            </div>
          </Panel>
        </li>
      ))}
    </ul>
  )
}
