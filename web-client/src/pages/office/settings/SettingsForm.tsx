import { Button, ErrorSummary } from '@visavis/ui'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblems } from '../../../forms/use-problems.ts'
import { useSession } from '../../../session/session.ts'
import { useAct } from '../parts/use-act.ts'
import { SettingInput } from './SettingInput.tsx'
import { faultsOf, settingsOf } from './settings-form.ts'
import type { SettingSection, SettingsView } from './setting-sections.ts'
import { useSettingWords } from './setting-words.ts'

type FormProps = {
  readonly section: SettingSection
  readonly view: SettingsView
  readonly onSaved: () => void
  readonly onClose: () => void
}

/** The inputs of one section; what is wrong is told before anything is sent. */
export function SettingsForm({ section, view, onSaved, onClose }: FormProps) {
  const { t } = useTranslation()
  const { problems, isBusy, save } = useSaving(section, view, onSaved)
  return (
    <form
      className="vv-stack vv-stack--near"
      noValidate
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault()
        if (!isBusy) void save(new FormData(event.currentTarget))
      }}
    >
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      {section.fields.map((field) => (
        <SettingInput
          key={field.field}
          field={field}
          view={view}
          error={problems.of(field.field)}
        />
      ))}
      <div className="vv-row">
        <Button type="submit" isBusy={isBusy}>
          {t('settings.save')}
        </Button>
        <Button look="secondary" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Judges what was typed into a section, and sends it if nothing is wrong. */
function useSaving(section: SettingSection, view: SettingsView, onSaved: () => void) {
  const { call } = useSession()
  const { faultWords } = useSettingWords()
  const problems = useProblems()
  const act = useAct()
  const save = async (form: FormData) => {
    const typed = (field: string): string | undefined => {
      const text = form.get(field)
      return typeof text === 'string' ? text : undefined
    }
    const faults = faultsOf(typed, section.fields, view)
    problems.show(faults.map((fault) => ({ fieldId: fault.field, text: faultWords(fault) })))
    if (faults.length > 0) return
    const body = { version: view.version, settings: settingsOf(typed, view.settings) }
    const saved = await act.run(async () => {
      const result = await call('setFacilitySettings', { body })
      if (!result.ok) problems.showFailure(result.code)
      return result
    })
    if (saved !== null) onSaved()
  }
  return { problems, isBusy: act.isBusy, save }
}
