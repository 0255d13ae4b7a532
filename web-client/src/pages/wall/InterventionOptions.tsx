import type { Reply, WallFeed } from '@visavis/call'
import type { Party } from '@visavis/contract/media-graph'
import type { InterventionKind } from '@visavis/contract/interventions'
import type { WallVisit } from '@visavis/contract/visit'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { PAUSE_CAUSE_LIST, keyAt } from './interventions.ts'
import type { Run } from './InterventionsPanel.tsx'
import { namesOf } from './wall-people.ts'

type Kind = Exclude<InterventionKind, 'WARN' | 'TERMINATE'>
type OptionsProps = {
  readonly kind: Kind
  readonly feed: WallFeed
  readonly visit: WallVisit
  readonly run: Run
}

/** One thing that a rung offers. */
type Option = {
  readonly words: string
  readonly deed: () => Promise<Reply>
}

/** What a rung offers, each on its key: the second of the two that any intervention takes. */
export function InterventionOptions({ kind, feed, visit, run }: OptionsProps) {
  const { t } = useTranslation()
  const options = OPTIONS[kind](feed, visit, t)
  return (
    <div className="vv-row" role="group" aria-label={t(`interventions.rung.${kind}`)}>
      {options.map(({ words, deed }, index) => (
        <OptionButton key={words} words={words} index={index} onPress={() => run(deed)} />
      ))}
    </div>
  )
}

type OptionButtonProps = {
  readonly words: string
  readonly index: number
  readonly onPress: () => void
}

/** A choice with its key. */
export function OptionButton({ words, index, onPress }: OptionButtonProps) {
  const key = keyAt(index)
  return (
    <button
      type="button"
      className="vv-button vv-button--small vv-button--secondary vv-interventions__option"
      aria-keyshortcuts={key ?? undefined}
      onClick={onPress}
    >
      {key !== null && <kbd aria-hidden="true">{key}</kbd>}
      {words}
    </button>
  )
}

type OptionsOf = (feed: WallFeed, visit: WallVisit, t: TFunction) => readonly Option[]

const SIDES: readonly Party[] = ['VISITOR', 'INMATE']
const DONE: Reply = { ok: true }

const OPTIONS: Readonly<Record<Kind, OptionsOf>> = {
  MUTE: (feed, visit, t) =>
    SIDES.map((party) => {
      const isOff = visit.interventions.mutedParties.includes(party)
      return {
        words: t(isOff ? 'interventions.unmute' : 'interventions.mute', {
          name: namesOf(visit, party),
        }),
        deed: () => (isOff ? feed.unmute(visit.visitId, party) : feed.mute(visit.visitId, party)),
      }
    }),
  PAUSE: (feed, { visitId, pauseReason }, t) =>
    pauseReason === 'OFFICER'
      ? [{ words: t('wall.resume'), deed: () => feed.resumeVisit(visitId) }]
      : PAUSE_CAUSE_LIST.map((cause) => ({
          words: t(`interventions.cause.${cause}`),
          deed: () => feed.pauseVisit(visitId, cause),
        })),
  SPEAK: (feed, { visitId, interventions }, t) =>
    interventions.speakerId === null
      ? [
          {
            words: t('interventions.speak'),
            deed: async () => {
              await feed.speech.start(visitId)
              return DONE
            },
          },
        ]
      : [
          {
            words: t('interventions.stopSpeaking'),
            deed: async () => {
              feed.speech.stop()
              return DONE
            },
          },
        ],
}
