import type { LocalMedia } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import {
  Button,
  MonitorNotice,
  Notice,
  PageHeading,
  Progress,
  clockTime,
  useStore,
} from '@visavis/ui'
import {
  DeviceTrouble,
  SelfPicture,
  troubleOf,
  useNames,
  useOtherNames,
} from '@visavis/ui/visit/index.ts'
import type { VisitOfMine } from '@visavis/ui/visit/index.ts'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'

type LobbyProps = {
  readonly visit: VisitOfMine
  readonly snapshot: VisitSnapshot | null
  readonly media: LocalMedia
}

/** Why one waits, in words (LV-2); the call comes by itself. */
export function LobbyScreen({ visit, snapshot, media }: LobbyProps) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const names = useNames()
  const local = useLocalTime()
  const time = (instant: string) => clockTime(instant, local)
  const trouble = troubleOf(useStore(media))
  return (
    <TerminalFrame>
      <div className="vv-two vv-two--words">
        <div className="vv-stack vv-stack--near">
          <div className="vv-stack vv-stack--close">
            <PageHeading>{t('lobby.title', { names: names(visit.withWhom) })}</PageHeading>
            <p className="vv-numbers">
              {t('time.range', { from: time(visit.startsAt), to: time(visit.endsAt) })}
            </p>
          </div>
          {snapshot === null ? (
            <Progress words={t('lobby.connecting')} />
          ) : (
            <WaitingWords snapshot={snapshot} />
          )}
          {trouble !== null && (
            <DeviceTrouble trouble={trouble} onRetry={() => void media.start()} />
          )}
          <MonitorNotice policy={visit.notice} />
        </div>
        <div className="vv-stack vv-stack--near vv-two__picture">
          <SelfPicture media={media} />
          <Button look="secondary" onClick={() => tell({ what: 'backPressed' })}>
            {t('lobby.leave')}
          </Button>
        </div>
      </div>
    </TerminalFrame>
  )
}

function WaitingWords({ snapshot }: { snapshot: VisitSnapshot }) {
  const { t } = useTranslation()
  const local = useLocalTime()
  const reason = snapshot.waitingReason ?? 'unknown'
  const values = { name: useOtherNames(snapshot), time: clockTime(snapshot.startsAt, local) }
  return (
    <Notice title={t(`waiting.${reason}.title`, values)} live="status">
      <p>{t(`waiting.${reason}.body`, values)}</p>
    </Notice>
  )
}
