import type { LocalMedia, SeatCall } from '@visavis/call'
import type { VisitSnapshot } from '@visavis/contract/visit'
import {
  Button,
  MonitorNotice,
  PageHeading,
  Progress,
  clockRange,
  clockTime,
  useStore,
} from '@visavis/ui'
import {
  DeviceTrouble,
  HelpLobbyButton,
  HelpNotice,
  SelfPicture,
  WaitingWords,
  troubleOf,
  useNames,
} from '@visavis/ui/visit/index.ts'
import type { VisitOfMine } from '@visavis/ui/visit/index.ts'
import { useTranslation } from 'react-i18next'
import { TerminalFrame } from '../../components/TerminalFrame.tsx'
import { useLocalTime, useTerminal } from '../../flow/terminal.ts'

type LobbyProps = {
  readonly visit: VisitOfMine
  readonly snapshot: VisitSnapshot | null
  readonly call: SeatCall
  readonly media: LocalMedia
}

/** Why one waits, in words (LV-2); the call comes by itself. */
export function LobbyScreen({ visit, snapshot, call, media }: LobbyProps) {
  const { t } = useTranslation()
  const { tell } = useTerminal()
  const names = useNames()
  const local = useLocalTime()
  const trouble = troubleOf(useStore(media))
  return (
    <TerminalFrame>
      <div className="vv-two vv-two--words">
        <div className="vv-stack vv-stack--near">
          <div className="vv-stack vv-stack--close">
            <PageHeading>{t('lobby.title', { names: names(visit.withWhom) })}</PageHeading>
            <p className="vv-numbers">{clockRange(visit.startsAt, visit.endsAt, local)}</p>
          </div>
          {snapshot === null ? (
            <Progress words={t('lobby.connecting')} />
          ) : (
            <WaitingWords snapshot={snapshot} time={clockTime(snapshot.startsAt, local)} />
          )}
          {trouble !== null && (
            <DeviceTrouble trouble={trouble} onRetry={() => void media.start()} />
          )}
          <MonitorNotice policy={visit.notice} />
        </div>
        <div className="vv-stack vv-stack--near vv-two__picture">
          <SelfPicture media={media} />
          {/* One in the place of the other: there is no room for both. */}
          <HelpNotice help={snapshot?.help ?? null} call={call} />
          {(snapshot?.help ?? null) === null && <HelpLobbyButton call={call} />}
          <Button look="secondary" onClick={() => tell({ what: 'backPressed' })}>
            {t('lobby.leave')}
          </Button>
        </div>
      </div>
    </TerminalFrame>
  )
}
