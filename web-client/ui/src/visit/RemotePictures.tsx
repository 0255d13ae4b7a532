import { attachStream, playback } from '@visavis/call'
import type { RemoteSeat, SeatCall } from '@visavis/call'
import type { HeldKind } from '@visavis/contract/quality-ladder'
import { useTranslation } from 'react-i18next'
import { Button, Icon, Progress, StreamVideo, useStore } from '../index.ts'
import { namesAt } from './company-rules.ts'
import { HeldNote } from './HeldNote.tsx'
import { layoutOf } from './layout-rules.ts'
import { heldOf } from './line-words.ts'
import { useNames } from './use-names.ts'
import { useOtherNames } from './use-other-names.ts'
import { useSpeaker } from './use-speaker.ts'
import type { JoinedState } from './visit-view.ts'

type PicturesProps = {
  readonly joined: JoinedState
  readonly call: Pick<SeatCall, 'onSample'>
  /** Interpreter and speaker large, the others small. */
  readonly isSigning: boolean
}

/** The other people, each as large as there is room; a still sign while the visit is paused. */
export function RemotePictures(props: PicturesProps) {
  const { t } = useTranslation()
  const { snapshot } = props.joined
  const remotes = remotesOf(props.joined)
  const name = useOtherNames(snapshot)
  if (snapshot.state === 'PAUSED') return <PauseSign />
  if (remotes.length === 0) {
    return (
      <div className="vv-call__sign">
        <Progress words={t('call.waitingForPicture', { name })} />
      </div>
    )
  }
  return (
    <>
      <ArrangedPictures {...props} />
      <TapToHear name={name} />
    </>
  )
}

function ArrangedPictures({ joined, call, isSigning }: PicturesProps) {
  const { snapshot } = joined
  const remotes = remotesOf(joined)
  const names = useNames()
  const others = useOtherNames(snapshot)
  const roleOf = (seatId: string) =>
    snapshot.others.find((other) => other.seatId === seatId)?.role ?? 'PERSON'
  // Whoever interprets says another's words, and has their place anyway: theirs is nobody's turn.
  const people = remotes.filter(({ seatId }) => roleOf(seatId) === 'PERSON')
  const speakerSeatId = useSpeaker(call, new Set(people.map(({ seatId }) => seatId)))
  const { large, small } = layoutOf(
    remotes.map(({ seatId }) => ({ seatId, role: roleOf(seatId) })),
    { isSigning, speakerSeatId },
  )
  // One list in one order: a picture that changes its size keeps its element, and goes on playing.
  return (
    <div
      className="vv-call__remotes"
      data-count={large.length}
      data-layout={small.length > 0 ? 'sign' : undefined}
    >
      {remotes.map((remote) => (
        <RemotePicture
          key={remote.seatId}
          remote={remote}
          isSmall={small.includes(remote.seatId)}
          name={names(namesAt(snapshot, remote.seatId)) || others}
          held={heldOf(snapshot.lines, remote.seatId)}
        />
      ))}
    </div>
  )
}

/** The other people's: an officer who speaks has a place of their own. */
function remotesOf({ snapshot, remotes }: JoinedState): readonly RemoteSeat[] {
  return remotes.filter(({ seatId }) => snapshot.others.some((other) => other.seatId === seatId))
}

type PictureProps = {
  readonly remote: RemoteSeat
  readonly name: string
  readonly isSmall: boolean
  readonly held: HeldKind | null
}

function RemotePicture({ remote, name, isSmall, held }: PictureProps) {
  const { t } = useTranslation()
  return (
    <div className="vv-call__remote" data-small={isSmall || undefined}>
      <StreamVideo
        attach={attachStream}
        stream={remote.stream}
        label={t('call.remoteView', { name })}
        note={<HeldNote held={held} />}
        overlay={
          remote.hasVideo ? undefined : (
            <>
              <Icon name="cameraOff" size="2.5em" />
              <span>{t('call.noPicture', { name })}</span>
            </>
          )
        }
      />
    </div>
  )
}

/** One button for all pictures: a browser that wants a gesture wants no more than one. */
function TapToHear({ name }: { name: string }) {
  const { t } = useTranslation()
  const { isBlocked } = useStore(playback)
  if (!isBlocked) return null
  return (
    <div className="vv-call__tap">
      <Button onClick={playback.retry}>
        <Icon name="play" />
        {t('call.playBlocked', { name })}
      </Button>
    </div>
  )
}

function PauseSign() {
  const { t } = useTranslation()
  return (
    <div className="vv-call__sign">
      <Icon name="pause" size="4rem" />
      <p className="vv-call__sign-title">{t('call.pausedTitle')}</p>
    </div>
  )
}
