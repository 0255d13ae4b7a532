import type { FaceReport } from '@visavis/contract/advice'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Notice } from '../index.ts'

/** A kind word on how one is seen (LV-11); who does not want it puts it away until it is another one. */
export function OwnAdvice({ finding }: { finding: FaceReport['finding'] }) {
  const { t } = useTranslation()
  const [isPutAway, setIsPutAway] = useState(false)
  if (isPutAway) return null
  return (
    <Notice tone="warn">
      <p>{t(`ownAdvice.${finding}`)}</p>
      <Button look="secondary" isSmall onClick={() => setIsPutAway(true)}>
        {t('ownAdvice.putAway')}
      </Button>
    </Notice>
  )
}
