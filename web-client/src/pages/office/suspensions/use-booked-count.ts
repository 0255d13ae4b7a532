import { useErrorWords } from '@visavis/ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../../session/session.ts'
import type { VisitClass } from '../parts/types.ts'

/** Counted up to here; beyond it the exact number makes no difference to the decision. */
const COUNTED = 500
const PAGE = 100

/** How many booked visits of these classes are to come, in words; null while they are counted. */
export function useBookedCount(classes: readonly VisitClass[]): string | null {
  const { t } = useTranslation()
  const wordsOf = useErrorWords()
  const { call } = useSession()
  const [words, setWords] = useState<string | null>(null)
  const key = classes.join()
  useEffect(() => {
    let isWanted = true
    const count = async () => {
      let found = 0
      let cursor: string | null = null
      for (let seen = 0; seen < COUNTED; seen += PAGE) {
        const query: Record<string, string | number> = {
          state: 'CONFIRMED',
          from: new Date().toISOString(),
          limit: PAGE,
          ...(cursor === null ? {} : { cursor }),
        }
        const answer = await call('bookings', { query })
        if (!answer.ok) return wordsOf(answer.code).happened
        found += answer.data.items.filter((each) => key.split(',').includes(each.visitClass)).length
        cursor = answer.data.nextCursor
        if (cursor === null) return t('officeSuspensions.hits', { count: found })
      }
      return t('officeSuspensions.hitsMore', { count: found })
    }
    void count().then((answer) => {
      if (isWanted) setWords(answer)
    })
    return () => {
      isWanted = false
    }
    // The words belong to one opening of the dialog: another language closes nothing and asks nothing anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [call, key])
  return words
}
