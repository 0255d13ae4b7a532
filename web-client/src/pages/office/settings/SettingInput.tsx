import { TextField } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { PickField } from '../parts/Fields.tsx'
import { NO, YES, inputOf } from './settings-form.ts'
import type { SettingField, SettingsView } from './setting-sections.ts'
import { useSettingWords } from './setting-words.ts'

type InputProps = {
  readonly field: SettingField
  readonly view: SettingsView
  readonly error: string | null
}

/** The input of one setting, with what it means for people and what the law says of it. */
export function SettingInput({ field, view, error }: InputProps) {
  const { t } = useTranslation()
  const words = useSettingWords()
  const law = words.lawOf(view, field)
  const hint = [words.hint(field.field), ...(law === null ? [] : [law])].join(' ')
  const shared = { fieldId: field.field, name: field.field, label: words.inputLabel(field) }
  const first = inputOf(view.settings, field)
  if (field.kind === 'number') {
    return (
      <div className="vv-settings__number">
        <TextField
          {...shared}
          hint={hint}
          error={error}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={first}
        />
      </div>
    )
  }
  const options =
    field.kind === 'switch'
      ? [YES, NO].map((value) => ({ value, label: t(`settings.is.${value}`) }))
      : field.values.map((value) => ({
          value,
          label: t(`settings.choice.${field.words}.${value}`),
        }))
  return <PickField {...shared} hint={hint} error={error} first={first} options={options} />
}
