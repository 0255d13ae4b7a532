import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { CheckBox } from './CheckBox.tsx'
import { Dialog } from './Dialog.tsx'

/** A key as it is printed on a board, and what it does on this page. */
export type KeyWords = { readonly printed: string; readonly does: string }

type KeysDialogProps = {
  readonly keys: readonly KeyWords[]
  readonly hasKeys: boolean
  readonly onChange: (hasKeys: boolean) => void
  readonly onClose: () => void
}

/** What every key of a page does, and the switch for whoever presses them by accident. */
export function KeysDialog({ keys, hasKeys, onChange, onClose }: KeysDialogProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl className="vv-keys">
        {keys.map(({ printed, does }) => (
          <div key={printed}>
            <dt>
              <kbd>{printed}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <CheckBox checked={hasKeys} onChange={({ target }) => onChange(target.checked)}>
        {t('keys.areOn')}
      </CheckBox>
      <div className="vv-row">
        <Button autoFocus onClick={onClose}>
          {t('keys.close')}
        </Button>
      </div>
    </Dialog>
  )
}
