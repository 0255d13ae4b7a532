import { Button, useModal } from '@visavis/ui'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

/** Each key with what it does, in the order of the list. */
const KEYS = [
  ['← ↑ → ↓', 'arrows'],
  ['Enter', 'enter'],
  ['Esc', 'escape'],
  ['N', 'next'],
  ['R', 'forward'],
  ['A', 'admit'],
  ['1 – 5', 'deeds'],
  ['F', 'flag'],
  ['/', 'search'],
  ['?', 'help'],
] as const

type KeysProps = {
  readonly hasKeys: boolean
  readonly onChange: (hasKeys: boolean) => void
  readonly onClose: () => void
}

/** What every key of the wall does, and the switch for whoever presses them by accident. */
export function KeysDialog({ hasKeys, onChange, onClose }: KeysProps) {
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
        <h2 id={titleId}>{t('wallTools.keys')}</h2>
        <dl className="vv-keys">
          {KEYS.map(([keys, deed]) => (
            <div key={deed}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{t(`wallTools.keyOf.${deed}`)}</dd>
            </div>
          ))}
        </dl>
        <label className="vv-row">
          <input
            type="checkbox"
            checked={hasKeys}
            onChange={({ target }) => onChange(target.checked)}
          />
          {t('wallTools.hasKeys')}
        </label>
        <div className="vv-row">
          <Button autoFocus onClick={onClose}>
            {t('wall.close')}
          </Button>
        </div>
      </div>
    </dialog>
  )
}
