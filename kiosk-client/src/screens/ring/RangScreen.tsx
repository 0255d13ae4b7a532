import { Button, FailureNotice, PageHeading } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { callApi } from '../../api/call-api.ts'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import type { Ringing, ToldRingEnd } from '../../flow/screens.ts'
import { useTerminal } from '../../flow/terminal.ts'
import { useAct } from '../desk/use-desk.ts'

/** How a ring ended, and on to the visit where it was answered. */
export function RangScreen({ ring, end }: { ring: Ringing; end: ToldRingEnd }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const name = ring.contact.displayName
  return (
    <TerminalFrame>
      <div className="vv-terminal__middle vv-stack">
        <div className="vv-stack vv-stack--close">
          <PageHeading key={end}>{t(`ring.${end}.title`, { name })}</PageHeading>
          <p>{t(`ring.${end}.body`)}</p>
        </div>
        {end === 'ANSWERED' && <TalkNow ring={ring} />}
        <div className="vv-row">
          <Button look="secondary" onClick={() => tell({ what: 'backPressed' })}>
            {t('common.back')}
          </Button>
        </div>
      </div>
    </TerminalFrame>
  )
}

/** The PIN was typed at this terminal a moment ago: the visit needs no other (TR-5). */
function TalkNow({ ring: { visitId } }: { ring: Ringing }) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const { isBusy, failure, run } = useAct()
  const enter = async () => {
    const entered = await run(() => callApi('enterRing', { params: { visitId } }))
    if (entered !== null) tell({ what: 'ringEntered' })
  }
  return (
    <>
      {failure !== null && <FailureNotice code={failure} />}
      <div className="vv-row">
        <Button isBusy={isBusy} onClick={() => void enter()}>
          {t('ring.talk')}
        </Button>
      </div>
    </>
  )
}
