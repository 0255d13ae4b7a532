import { KeysDialog } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { PLAYER_DEEDS } from './player-keys.ts'
import type { PlayerDeed } from './player-keys.ts'

/** Each deed's key as it is printed on a board. */
const PRINTED: Readonly<Record<PlayerDeed, string>> = {
  toggle: 'Space',
  stop: 'K',
  faster: 'L',
  farBack: 'J',
  back: '←',
  forward: '→',
  frameBack: ',',
  frameForward: '.',
  previousEvent: '[',
  nextEvent: ']',
  previousFlag: '⇧ F',
  nextFlag: 'F',
  nextSpeech: 'S',
  markIn: 'I',
  markOut: 'O',
  note: 'N',
  help: '?',
}

type KeysProps = {
  readonly hasKeys: boolean
  readonly onChange: (hasKeys: boolean) => void
  readonly onClose: () => void
}

/** What every key of the player does. */
export function PlayerKeys(props: KeysProps) {
  const { t } = useTranslation()
  const keys = PLAYER_DEEDS.map((deed) => ({
    printed: PRINTED[deed],
    does: t(`player.deed.${deed}`),
  }))
  return <KeysDialog keys={keys} {...props} />
}
