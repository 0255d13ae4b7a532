import { Button, Notice } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { ReasonDialog } from '../office/parts/ReasonDialog.tsx'
import { useAct } from '../office/parts/use-act.ts'
import { useMoment } from '../security/use-moment.ts'
import type { Incident, IncidentProps } from './IncidentPage.tsx'

type Asking = 'DONE' | 'FALSE_ALARM' | 'close' | 'keepOpen'

/** How it ends: one person asks, another decides. */
export function Closing(props: IncidentProps) {
  const { t } = useTranslation()
  const [asking, ask] = useState<Asking | null>(null)
  const { state, duties, closing } = props.incident
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('incidents.closing')}</h2>
      {closing !== null && <Asked closing={closing} />}
      {state === 'OPEN' && closing === null && (
        <AskButtons areDutiesDone={duties.length === 0} onAsk={ask} />
      )}
      {state === 'OPEN' && closing !== null && (
        <Deciding isMine={closing.isMineToDecide} onAsk={ask} />
      )}
      {asking !== null && <Why {...props} asking={asking} onClose={() => ask(null)} />}
    </section>
  )
}

/** Who asked for it and why, and who closed it. */
function Asked({ closing }: { closing: NonNullable<Incident['closing']> }) {
  const { t } = useTranslation()
  const moment = useMoment()
  const { outcome, reason, askedBy, askedAt, closedBy, closedAt } = closing
  return (
    <Notice title={t(`incidents.closeAsked.${outcome}`, { name: askedBy, when: moment(askedAt) })}>
      <p className="vv-typed">{reason}</p>
      {closedAt !== null && (
        <p>{t('incidents.closedBy', { name: closedBy ?? '', when: moment(closedAt) })}</p>
      )}
    </Notice>
  )
}

type AskProps = { readonly onAsk: (asking: Asking) => void }

function AskButtons({ areDutiesDone, onAsk }: AskProps & { readonly areDutiesDone: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="vv-row">
      {areDutiesDone && <Button onClick={() => onAsk('DONE')}>{t('incidents.ask.DONE')}</Button>}
      <Button look="secondary" onClick={() => onAsk('FALSE_ALARM')}>
        {t('incidents.ask.FALSE_ALARM')}
      </Button>
    </div>
  )
}

function Deciding({ isMine, onAsk }: AskProps & { readonly isMine: boolean }) {
  const { t } = useTranslation()
  if (!isMine) return <p className="vv-soft">{t('incidents.anotherDecides')}</p>
  return (
    <div className="vv-row">
      <Button onClick={() => onAsk('close')}>{t('incidents.ask.close')}</Button>
      <Button look="secondary" onClick={() => onAsk('keepOpen')}>
        {t('incidents.ask.keepOpen')}
      </Button>
    </div>
  )
}

type WhyProps = IncidentProps & { readonly asking: Asking; readonly onClose: () => void }

function Why({ incident: { incidentId }, asking, onDone, onClose }: WhyProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const act = useAct()
  const params = { incidentId }
  const send = async (reason: string) => {
    const sent = await act.run(() =>
      asking === 'DONE' || asking === 'FALSE_ALARM'
        ? call('askIncidentClosing', { params, body: { outcome: asking, reason } })
        : call('decideIncidentClosing', {
            params,
            body: { isApproved: asking === 'close', reason },
          }),
    )
    if (sent === null) return
    onClose()
    onDone()
  }
  return (
    <ReasonDialog
      title={t(`incidents.ask.${asking}`)}
      submitLabel={t(`incidents.ask.${asking}`)}
      isDanger={asking === 'close'}
      act={act}
      onReason={(reason) => void send(reason)}
      onClose={onClose}
    />
  )
}
