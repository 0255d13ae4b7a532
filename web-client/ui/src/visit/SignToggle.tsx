import { useTranslation } from 'react-i18next'
import { Icon } from '../index.ts'

type SignToggleProps = { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void }

/** Interpreter and speaker large, or everybody alike. */
export function SignToggle({ isOn, onChange }: SignToggleProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="vv-call-button"
      data-on={isOn}
      aria-pressed={isOn}
      onClick={() => onChange(!isOn)}
    >
      <span className="vv-call-button__disc">
        <Icon name="hands" size="1.6rem" />
      </span>
      {t('call.signing')}
    </button>
  )
}
