import { KeysDialog } from '@visavis/ui'
import { useTranslation } from 'react-i18next'

/** Each key with what it does, in the order of the list. */
const KEYS = [
  ['← ↑ → ↓', 'arrows'],
  ['Enter', 'enter'],
  ['Esc', 'escape'],
  ['N', 'next'],
  ['R', 'forward'],
  ['A', 'admit'],
  ['1 – 5', 'deeds'],
  ['F', 'flag'],
  ['/', 'search'],
  ['?', 'help'],
] as const

type KeysProps = {
  readonly hasKeys: boolean
  readonly onChange: (hasKeys: boolean) => void
  readonly onClose: () => void
}

/** What every key of the wall does. */
export function WallKeys(props: KeysProps) {
  const { t } = useTranslation()
  const keys = KEYS.map(([printed, deed]) => ({ printed, does: t(`wallTools.keyOf.${deed}`) }))
  return <KeysDialog keys={keys} {...props} />
}
