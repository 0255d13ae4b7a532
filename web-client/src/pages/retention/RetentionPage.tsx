import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Done } from '../office/parts/Done.tsx'
import { OfficeFrame } from '../office/parts/OfficeFrame.tsx'
import { DestroyedList } from './DestroyedList.tsx'
import { KeptSection } from './KeptSection.tsx'
import { RulesForm } from './RulesForm.tsx'

/** What was done last on the page, and how often anything was. */
type Told = { readonly words: string | null; readonly count: number }

/** What is kept of visits and until when, what is held, what was destroyed, and by which rules (RC-7). */
export function RetentionPage() {
  const { t } = useTranslation()
  const [told, tell] = useState<Told>({ words: null, count: 0 })
  const done = (words: string) => tell(({ count }) => ({ words, count: count + 1 }))
  return (
    <OfficeFrame title={t('retention.title')}>
      <p>{t('retention.intro')}</p>
      <Done words={told.words} />
      <KeptSection round={told.count} onDone={done} />
      <RulesForm onDone={done} />
      <DestroyedList key={told.count} />
    </OfficeFrame>
  )
}
