import { useCallback, useState } from 'react'
import { useResource } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../session/session.ts'
import { Done } from '../office/parts/Done.tsx'
import { Loaded } from '../office/parts/Loaded.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { DestroyedList } from './DestroyedList.tsx'
import { KeptList } from './KeptList.tsx'
import { RulesForm } from './RulesForm.tsx'

/** What is kept of visits and until when, what is held, what was destroyed, and by which rules (RC-7). */
export function RetentionPage() {
  const { t } = useTranslation()
  const { call } = useSession()
  const [told, tell] = useState<string | null>(null)
  const kept = useResource(useCallback(() => call('keptVisits', { query: { limit: 100 } }), [call]))
  const reload = kept.phase === 'loading' ? () => undefined : kept.reload
  const done = (words: string) => {
    tell(words)
    reload()
  }
  return (
    <OfficeFrame title={t('retention.title')}>
      <p>{t('retention.intro')}</p>
      <Done words={told} />
      <section className="vv-stack vv-stack--near">
        <h2>{t('retention.kept')}</h2>
        <Loaded from={kept}>{({ items }) => <KeptList visits={items} onDone={done} />}</Loaded>
      </section>
      <RulesForm onDone={done} />
      <DestroyedList key={told} />
    </OfficeFrame>
  )
}
