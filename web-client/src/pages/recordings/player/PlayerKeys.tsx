import { Button, useModal } from '@visavis/ui'
import { useId } from 'react'
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

/** What every key of the player does, and the switch for whoever presses them by accident. */
export function PlayerKeys({ hasKeys, onChange, onClose }: KeysProps) {
  const { t } = useTranslation()
  const titleId = useId()
  return (
    <dialog
      ref={useModal()}
      className="vv-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="vv-stack vv-stack--near">
        <h2 id={titleId}>{t('player.keys')}</h2>
        <dl className="vv-keys">
          {PLAYER_DEEDS.map((deed) => (
            <div key={deed}>
              <dt>
                <kbd>{PRINTED[deed]}</kbd>
              </dt>
              <dd>{t(`player.deed.${deed}`)}</dd>
            </div>
          ))}
        </dl>
        <label className="vv-check-box">
          <input
            type="checkbox"
            checked={hasKeys}
            onChange={({ target }) => onChange(target.checked)}
          />
          <span>{t('player.hasKeys')}</span>
        </label>
        <div className="vv-row">
          <Button autoFocus onClick={onClose}>
            {t('player.close')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
