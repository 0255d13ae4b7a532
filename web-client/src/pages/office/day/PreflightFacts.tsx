import { Panel, Tag, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { useOffice } from '../parts/use-office.ts'
import type { Preflight } from './preflights.ts'
import { LIGHT_TONE } from './PreflightTags.tsx'

const PER_CENT = 100
const BITS_PER_KBIT = 1_000

/** What each side's last test of device and network came to, with its figures (LV-10). */
export function PreflightFacts({ visitId }: { visitId: string }) {
  const { t } = useTranslation()
  const { call } = useSession()
  const load = useCallback(() => call('visitPreflights', { params: { visitId } }), [call, visitId])
  return (
    <Panel as="section">
      <div className="vv-stack vv-stack--near">
        <h2>{t('preflight.staff.title')}</h2>
        <Loaded from={useResource(load)}>
          {({ preflights }) =>
            preflights.length === 0 ? (
              <p>{t('preflight.staff.none')}</p>
            ) : (
              <ul className="vv-list">
                {preflights.map((preflight) => (
                  <li key={preflight.party}>
                    <OneSide preflight={preflight} />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
    </Panel>
  )
}

function OneSide({ preflight }: { preflight: Preflight }) {
  const { t } = useTranslation()
  const { short } = useOffice()
  const { party, light, problems, device, madeAt } = preflight
  return (
    <>
      <p className="vv-row">
        <strong>{t(`party.${party}`)}</strong>
        <Tag tone={LIGHT_TONE[light]}>{t(`preflight.lightShort.${light}`)}</Tag>
        <span className="vv-soft vv-small">
          {t(`preflight.staff.device.${device}`)}, {short(madeAt)}
        </span>
      </p>
      {problems.map((problem) => (
        <p key={problem} className="vv-small">
          {t(`preflight.problem.${problem}.what`)}
        </p>
      ))}
      <Figures loop={preflight.findings.loop} />
    </>
  )
}

function Figures({ loop }: { loop: Preflight['findings']['loop'] }) {
  const { t } = useTranslation()
  if (loop === null) return null
  const figures = {
    loss: Math.round(Math.max(loop.lossUp, loop.lossDown) * PER_CENT),
    ms: loop.roundTripMs === null ? t('preflight.staff.unknown') : Math.round(loop.roundTripMs),
    up: Math.round(loop.upBps / BITS_PER_KBIT),
    down: Math.round(loop.downBps / BITS_PER_KBIT),
    way: loop.protocol.toUpperCase(),
  }
  return <p className="vv-soft vv-small vv-numbers">{t('preflight.staff.figures', figures)}</p>
}
