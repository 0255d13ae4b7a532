import { attachStream } from '@visavis/call'
import type { SpeechState, WallFeed } from '@visavis/call'
import type { DeviceFailure } from '@visavis/call'
import type { WallInterventions } from '@visavis/contract/interventions'
import type { WallVisit } from '@visavis/contract/visit'
import { Button, Icon, Notice, StreamVideo, clockTime, useErrorWords, useStore } from '@visavis/ui'
import { wordsFor } from '@visavis/ui/visit/warning-words.ts'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../session/session.ts'
import type { Run } from './InterventionsPanel.tsx'
import { namesOf } from './wall-people.ts'

type StandingProps = { readonly feed: WallFeed; readonly visit: WallVisit; readonly run: Run }

/** What stands of what officers have done, each with the way back (OV-5), and who has read a warning. */
export function StandingInterventions({ feed, visit, run }: StandingProps) {
  const { t } = useTranslation()
  const { mutedParties, warnings } = visit.interventions
  return (
    <div className="vv-stack vv-stack--close" role="status">
      {mutedParties.map((party) => (
        <p key={party} className="vv-row vv-interventions__standing">
          <Icon name="microphoneOff" size="1.2em" />
          {t('interventions.muted', { name: namesOf(visit, party) })}
          <Button
            look="secondary"
            isSmall
            onClick={() => run(() => feed.unmute(visit.visitId, party))}
          >
            {t('interventions.soundOn')}
          </Button>
        </p>
      ))}
      <SpeechLine feed={feed} visit={visit} run={run} />
      {warnings.map((warning) => (
        <WarningLine key={warning.warningId} warning={warning} visit={visit} />
      ))}
    </div>
  )
}

function SpeechLine({ feed, visit, run }: StandingProps) {
  const { t } = useTranslation()
  const speech = useStore(feed.speech)
  const { visitId, interventions } = visit
  const { speakerId } = interventions
  if (speech.phase === 'failed' && speech.visitId === visitId) {
    return <SpeechFailed why={speech.why} onClose={feed.speech.stop} />
  }
  if (speech.phase === 'starting' && speech.visitId === visitId) {
    return <p className="vv-interventions__standing">{t('interventions.starting')}</p>
  }
  if (speakerId === null) return null
  const isOwn = speech.phase === 'speaking' && speech.speakerId === speakerId
  return (
    <div className="vv-row vv-interventions__standing">
      {isOwn && <OwnPicture stream={speech.stream} />}
      <Icon name="sound" size="1.2em" />
      {t(isOwn ? 'interventions.youSpeak' : 'interventions.otherSpeaks')}
      <Button
        look="secondary"
        isSmall
        onClick={() => (isOwn ? feed.speech.stop() : run(() => feed.endSpeech(visitId)))}
      >
        {t('interventions.stopSpeaking')}
      </Button>
    </div>
  )
}

function OwnPicture({ stream }: { stream: MediaStream }) {
  const { t } = useTranslation()
  return (
    <span className="vv-interventions__self">
      <StreamVideo
        attach={attachStream}
        stream={stream}
        label={t('call.selfView')}
        isMuted
        isMirrored
        isCover
      />
    </span>
  )
}

type Why = Extract<SpeechState, { phase: 'failed' }>['why']

/** What the page itself finds of a device; everything else is a code of the server. */
const DEVICE_FAILURES: Readonly<Record<DeviceFailure, true>> = {
  PERMISSION_DENIED: true,
  NOT_FOUND: true,
  IN_USE: true,
  INSECURE_PAGE: true,
  OVERCONSTRAINED: true,
  UNKNOWN: true,
}

function isDevice(why: Why): why is DeviceFailure {
  return why in DEVICE_FAILURES
}

function SpeechFailed({ why, onClose }: { why: Why; onClose: () => void }) {
  const { t } = useTranslation()
  const wordsOf = useErrorWords()
  return (
    <Notice tone="bad" live="alert">
      <p>{isDevice(why) ? t('interventions.noDevice') : wordsOf(why).happened}</p>
      <Button look="secondary" isSmall onClick={onClose}>
        {t('wall.close')}
      </Button>
    </Notice>
  )
}

type WarningProps = {
  readonly warning: WallInterventions['warnings'][number]
  readonly visit: WallVisit
}

function WarningLine({ warning, visit }: WarningProps) {
  const { t, i18n } = useTranslation()
  const { facility } = useMe()
  const clock = (instant: string) =>
    clockTime(instant, { language: i18n.language, timeZone: facility?.timeZone ?? 'UTC' })
  const nameOf = (seatId: string) => visit.seats.find((seat) => seat.seatId === seatId)?.name ?? ''
  const { text, language } = wordsFor(warning.texts, i18n.language)
  return (
    <div className="vv-interventions__standing">
      <p>
        <Icon name="alert" size="1.2em" /> {clock(warning.at)} <q lang={language}>{text}</q>
        {warning.toldTimes > 1 && (
          <span className="vv-soft"> {t('interventions.told', { count: warning.toldTimes })}</span>
        )}
      </p>
      <ul className="vv-small vv-interventions__readers">
        {warning.seats.map(({ seatId, acknowledgedAt }) => (
          <li key={seatId} data-read={acknowledgedAt !== null}>
            {acknowledgedAt === null
              ? t('interventions.unread', { name: nameOf(seatId) })
              : t('interventions.read', { name: nameOf(seatId), time: clock(acknowledgedAt) })}
          </li>
        ))}
      </ul>
    </div>
  )
}
