import { Notice } from '@visavis/ui'

/** What was just done, said aloud; the place for it stands ready, or a screen reader would miss it. */
export function Done({ words }: { words: string | null }) {
  return <div role="status">{words !== null && <Notice tone="good" title={words} />}</div>
}
