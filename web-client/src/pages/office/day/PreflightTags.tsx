import { Tag } from '@visavis/ui'
import type { TagTone } from '@visavis/ui'
import { useTranslation } from 'react-i18next'
import type { Preflight } from './preflights.ts'

export const LIGHT_TONE: Readonly<Record<Preflight['light'], TagTone>> = {
  GREEN: 'good',
  AMBER: 'warn',
  RED: 'bad',
}

/** Sides whose test was not green: what staff have to look at before the visit (LV-10). */
export function PreflightTags({ preflights }: { preflights: readonly Preflight[] }) {
  const { t } = useTranslation()
  return preflights
    .filter(({ light }) => light !== 'GREEN')
    .map(({ party, light }) => (
      <Tag key={party} tone={LIGHT_TONE[light]}>
        {t(`party.${party}`)} · {t(`preflight.lightShort.${light}`)}
      </Tag>
    ))
}
