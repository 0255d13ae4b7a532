import { Button, ErrorSummary, FailureNotice } from '@visavis/ui'
import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { useProblems } from '../../../forms/use-problems.ts'
import type { Impact, Template, Week } from '../parts/types.ts'
import { useAct } from '../parts/use-act.ts'
import { isImpactChanged } from './impact-changed.ts'
import { ImpactView } from './ImpactView.tsx'
import { isTemplate, readTemplate } from './template-form.ts'
import type { TemplateInput } from './template-form.ts'
import { TemplateFields } from './TemplateFields.tsx'

type TemplateEditorProps = { readonly week: Week; readonly template: Template | null }
type Preview = { readonly input: TemplateInput; readonly impact: Impact }

/** Fill in, look at what it does, save: nothing is saved unseen. */
export function TemplateEditor({ week, template }: TemplateEditorProps) {
  const { t } = useTranslation()
  const { call } = useSession()
  const problems = useProblems()
  const act = useAct()
  const [preview, setPreview] = useState<Preview | null>(null)
  const show = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const input = readTemplate(new FormData(event.currentTarget))
    if (!isTemplate(input)) {
      problems.show(input.map(({ fieldId, key }) => ({ fieldId, text: t(key) })))
      return
    }
    problems.show([])
    await look(input)
  }
  const look = async (input: TemplateInput) => {
    const body = { templateId: template?.templateId ?? null, template: input }
    const impact = await act.run(() => call('previewTemplate', { body }))
    if (impact !== null) setPreview({ input, impact })
  }
  return (
    <>
      <ErrorSummary key={problems.attempt} problems={problems.problems} />
      <form
        className="vv-stack vv-form"
        noValidate
        onSubmit={(event) => void show(event)}
        // What was shown is of what was typed then.
        onChange={() => setPreview(null)}
      >
        <TemplateFields week={week} template={template} errorOf={problems.of} />
        {act.failure && <FailureNotice code={act.failure.code} />}
        <div>
          <Button type="submit" look={preview ? 'secondary' : 'primary'} isBusy={act.isBusy}>
            {t('officeTimetable.preview')}
          </Button>
        </div>
      </form>
      <div role="status">
        {preview !== null && (
          <SavePreview preview={preview} template={template} week={week} onChanged={look} />
        )}
      </div>
    </>
  )
}

type SavePreviewProps = TemplateEditorProps & {
  readonly preview: Preview
  /** It would affect others by now: look again. */
  readonly onChanged: (input: TemplateInput) => Promise<void>
}

function SavePreview({ preview, template, week, onChanged }: SavePreviewProps) {
  const { input, impact } = preview
  const { call } = useSession()
  const navigate = useNavigate()
  const act = useAct()
  const [key] = useState(() => crypto.randomUUID())
  const save = async () => {
    const done = await act.run<unknown>(async () => {
      if (template === null) return call('addTemplate', { body: input, key })
      const { templateId, version } = template
      const body = { version, template: input, affectedDigest: impact.affectedDigest }
      const saved = await call('changeTemplate', { params: { templateId }, body, key })
      if (isImpactChanged(saved)) await onChanged(input)
      return saved
    })
    if (done !== null) await navigate(`/office/timetable?week=${week.weekOf}`)
  }
  return (
    <ImpactView key={impact.affectedDigest} impact={impact} act={act} onSave={() => void save()} />
  )
}
