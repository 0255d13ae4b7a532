import {
  NUMBER_SETTINGS,
  NUMBER_SETTING_NAMES,
  lawBoundOf,
  numberOf,
} from '@visavis/contract/facility-settings'
import type { NumberSetting, NumberSettingName } from '@visavis/contract/facility-settings'
import { useTranslation } from 'react-i18next'
import { inUnit, inputOf } from './settings-form.ts'
import type { FormFault } from './settings-form.ts'
import type { FacilitySettings, Law, SettingField, SettingsView } from './setting-sections.ts'

/** Settings in words: their names, values, what the law says of them, and what is wrong. */
export type SettingWords = ReturnType<typeof useSettingWords>

export function useSettingWords() {
  const { t } = useTranslation()
  const amount = (name: NumberSettingName, count: number): string =>
    t(`settings.amount.${NUMBER_SETTINGS[name].unit}`, { count })
  const label = (field: string): string => t(`settings.of.${keyOf(field)}.label`)
  const valueOf = (settings: FacilitySettings, field: SettingField): string => {
    if (field.kind === 'switch') return t(`settings.is.${inputOf(settings, field)}`)
    if (field.kind === 'choice') {
      return t(`settings.choice.${field.words}.${inputOf(settings, field)}`)
    }
    const stored = numberOf(settings, field.field)
    return stored === null
      ? t(`settings.none.${keyOf(field.field)}`)
      : amount(field.field, inUnit(field.field, stored))
  }
  return {
    label,
    valueOf,
    hint: (field: string): string => t(`settings.of.${keyOf(field)}.hint`),
    /** The label of an input: with the unit in which a number is asked for. */
    inputLabel: (field: SettingField): string => {
      if (field.kind !== 'number') return label(field.field)
      const { unit, mayBeNone }: NumberSetting = NUMBER_SETTINGS[field.field]
      const inIts =
        unit === 'COUNT'
          ? label(field.field)
          : `${label(field.field)}, ${t(`settings.unit.${unit}`)}`
      return mayBeNone ? t('settings.mayBeEmpty', { label: inIts }) : inIts
    },
    /** What the law says of a setting; null: nothing. */
    lawOf: ({ settings, law }: SettingsView, field: SettingField): string | null =>
      field.kind === 'number'
        ? numberLaw(t, amount, { field: field.field, settings, law })
        : ruleLaw(t, field.field, law),
    faultWords: (fault: FormFault): string =>
      `${label(fault.field)}: ${faultWords(t, amount, fault)}`,
  }
}

/** In a catalogue a point leads a level down. */
function keyOf(field: string): string {
  return field.replaceAll('.', '_')
}

type Translate = ReturnType<typeof useTranslation>['t']
type Amount = (name: NumberSettingName, count: number) => string

function numberLaw(
  t: Translate,
  amount: Amount,
  given: { field: NumberSettingName; settings: FacilitySettings; law: Law },
): string | null {
  const { field, settings, law } = given
  const { least, most } = lawBoundOf(field, law, settings.quota.period)
  const words = [
    ...(least === undefined ? [] : [t('settings.law.least', { amount: amount(field, least) })]),
    ...(most === undefined ? [] : [t('settings.law.most', { amount: amount(field, most) })]),
  ]
  return words.length === 0 ? null : words.join(' ')
}

function ruleLaw(t: Translate, field: string, law: Law): string | null {
  const { minMonitor, maxPrivilegedMonitor, isRecordingAllowed } = law
  if (field === 'media.social.monitor' && minMonitor !== undefined) {
    return t(`settings.law.minMonitor.${minMonitor}`)
  }
  if (field === 'media.privileged.monitor' && maxPrivilegedMonitor !== undefined) {
    return t(`settings.law.maxPrivileged.${maxPrivilegedMonitor}`)
  }
  return field === 'media.social.isRecorded' && isRecordingAllowed === false
    ? t('settings.law.noRecording')
    : null
}

function faultWords(t: Translate, amount: Amount, { field, kind, bound }: FormFault): string {
  const name = NUMBER_SETTING_NAMES.find((each) => each === field)
  if (bound === null || name === undefined) return t(`settings.fault.${kind}`)
  return t(`settings.fault.${kind}`, { amount: amount(name, bound) })
}
