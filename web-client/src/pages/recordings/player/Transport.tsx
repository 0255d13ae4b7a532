import { Button, Icon, SelectField, clockTime, useStore } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { exactClock, placeClock, placeWords } from './line-words.ts'
import { SPEEDS, stretchOf } from './player-keys.ts'
import type { Marks } from './player-keys.ts'
import type { PlayerDeeds } from './player-deeds.ts'
import type { ToldPlayback } from './told-playback.ts'

export type DayClock = { readonly zeroAt: string; readonly timeZone: string }

type TransportProps = {
  readonly told: ToldPlayback
  readonly act: PlayerDeeds
  readonly marks: Marks
  readonly clock: DayClock
}

/** The one set of controls for all tracks. */
export function Transport({ told, act, marks, clock }: TransportProps) {
  const { t } = useTranslation()
  const { isPlaying } = useStore(told)
  return (
    <div className="vv-player__transport">
      <div className="vv-row">
        <Button onClick={act.toggle}>
          <Icon name={isPlaying ? 'pause' : 'play'} />
          {t(isPlaying ? 'player.pause' : 'player.play')}
        </Button>
        <StepButton words="-5" label={t('player.deed.back')} onPress={act.back} />
        <StepButton words="+5" label={t('player.deed.forward')} onPress={act.forward} />
        <StepButton words="‹" label={t('player.deed.frameBack')} onPress={act.frameBack} />
        <StepButton words="›" label={t('player.deed.frameForward')} onPress={act.frameForward} />
      </div>
      <Clocks told={told} clock={clock} />
      <SpeedField told={told} />
      <MarkButtons told={told} act={act} marks={marks} />
      <Button look="secondary" isSmall onClick={act.help}>
        {t('keys.title')}
      </Button>
    </div>
  )
}

type StepProps = { readonly words: string; readonly label: string; readonly onPress: () => void }

function StepButton({ words, label, onPress }: StepProps) {
  return (
    <Button look="secondary" isSmall title={label} onClick={onPress}>
      <span className="vv-numbers" aria-hidden="true">
        {words}
      </span>
      <span className="govuk-visually-hidden">{label}</span>
    </Button>
  )
}

/** Where on the line, and what time it was at the facility. */
function Clocks({ told, clock }: { told: ToldPlayback; clock: DayClock }) {
  const { t, i18n } = useTranslation()
  const { positionMs, aimMs, lengthMs, isWaiting, isAsking } = useStore(told)
  const placeMs = aimMs ?? positionMs
  const at = new Date(Date.parse(clock.zeroAt) + placeMs).toISOString()
  return (
    <div>
      <p className="vv-numbers vv-player__clock">
        <span aria-hidden="true">
          {placeClock(placeMs)} / {placeClock(lengthMs)}
        </span>
        <span className="govuk-visually-hidden">
          {t('player.placeOf', {
            place: placeWords(t, placeMs),
            length: placeWords(t, lengthMs),
          })}
        </span>
      </p>
      <p className="vv-soft vv-small vv-numbers">
        {t('player.dayTime', {
          time: clockTime(at, { language: i18n.language, timeZone: clock.timeZone }),
        })}
      </p>
      <p role="status" className="vv-soft vv-small">
        {isWaiting || isAsking ? t('player.loading') : ''}
      </p>
    </div>
  )
}

function SpeedField({ told }: { told: ToldPlayback }) {
  const { t, i18n } = useTranslation()
  const { speed } = useStore(told)
  const words = new Intl.NumberFormat(i18n.language)
  return (
    <div className="vv-player__speed">
      <SelectField
        label={t('player.speed')}
        value={String(speed)}
        options={SPEEDS.map((each) => ({
          value: String(each),
          label: `${words.format(each)}×`,
        }))}
        onChoose={(value) => told.setSpeed(Number(value))}
      />
    </div>
  )
}

function MarkButtons({ told, act, marks }: Omit<TransportProps, 'clock'>) {
  const { t } = useTranslation()
  const stretch = stretchOf(marks, told.getState().lengthMs)
  return (
    <div className="vv-row">
      <Button look="secondary" isSmall onClick={act.markIn}>
        {t('player.deed.markIn')}
      </Button>
      <Button look="secondary" isSmall onClick={act.markOut}>
        {t('player.deed.markOut')}
      </Button>
      <p role="status" className="vv-numbers vv-small">
        {stretch === null
          ? ''
          : t('player.marked', {
              from: exactClock(stretch.fromMs),
              to: exactClock(stretch.toMs),
            })}
      </p>
      {stretch !== null && (
        <Button look="quiet" isSmall onClick={act.clearMarks}>
          {t('player.clearMarks')}
        </Button>
      )}
    </div>
  )
}
