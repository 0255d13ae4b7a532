import type { AdviceView } from '@visavis/contract/advice'
import type { WallVisit } from '@visavis/contract/visit'
import { useTranslation } from 'react-i18next'

/** The advice that an officer has not judged yet, surest first. Pure. */
export function openAdvice({ advice }: Pick<WallVisit, 'advice'>): readonly AdviceView[] {
  const open = advice.filter(({ judgement }) => judgement === null)
  return open.toSorted((a, b) => b.confidence - a.confidence)
}

/** What a detector says, as advice: with its confidence, unless it was measured. */
export function useAdviceWords(): (advice: AdviceView) => string {
  const { t, i18n } = useTranslation()
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  return ({ kind, confidence }) => {
    const what = t(`advice.kind.${kind}`)
    if (confidence === 1) return t('advice.found', { what })
    return t('advice.perhaps', { what, share: percent.format(confidence) })
  }
}
