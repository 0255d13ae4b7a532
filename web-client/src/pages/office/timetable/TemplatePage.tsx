import { Notice, useResource } from '@visavis/ui'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { useSession } from '../../../session/session.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { OfficeFrame } from '../parts/OfficeFrame.tsx'
import { isDate, mondayOf } from '../parts/office-time.ts'
import type { Week } from '../parts/types.ts'
import { useOffice } from '../parts/use-office.ts'
import { TemplateEditor } from './TemplateEditor.tsx'

/** Adds a template (`new`) or changes one; what it would do is shown before it is saved (BK-7). */
export function TemplatePage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const { today } = useOffice()
  const { templateId = 'new' } = useParams()
  const [params] = useSearchParams()
  const asked = params.get('week')
  const weekOf = mondayOf(isDate(asked) ? asked : today)
  const load = useCallback(() => call('timetable', { query: { weekOf } }), [call, weekOf])
  const isNew = templateId === 'new'
  return (
    <OfficeFrame
      title={t(isNew ? 'officeTimetable.addTitle' : 'officeTimetable.changeTitle')}
      back={`/office/timetable?week=${weekOf}`}
    >
      <Loaded from={useResource(load)}>
        {(week) => <Editor week={week} templateId={isNew ? null : templateId} />}
      </Loaded>
    </OfficeFrame>
  )
}

function Editor({ week, templateId }: { week: Week; templateId: string | null }) {
  const { t } = useTranslation()
  const template = week.templates.find((each) => each.templateId === templateId) ?? null
  if (templateId !== null && template === null) {
    return <Notice tone="warn" title={t('officeTimetable.gone')} />
  }
  return <TemplateEditor week={week} template={template} />
}
