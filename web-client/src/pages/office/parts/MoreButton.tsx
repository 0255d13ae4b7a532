import { Button } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Pages } from '../people/use-pages.ts'

/** Fetches what follows of a list; nothing, where that was all. */
export function MoreButton({ pages: { phase, more } }: { pages: Pages<unknown> }) {
  const { t } = useTranslation()
  if (phase !== 'ready' || more === null) return null
  return (
    <div>
      <Button look="secondary" onClick={more}>
        {t('common.more')}
      </Button>
    </div>
  )
}
