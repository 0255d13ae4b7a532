import { useTranslation } from 'react-i18next'
import { Notice } from '../index.ts'
import { useNames } from './use-names.ts'
import type { JoinedState } from './visit-view.ts'

/** Whose sound an officer has switched off: one's own, or the others' (OV-5). */
export function MutedNotice({ joined }: { joined: JoinedState }) {
  const { t } = useTranslation()
  const names = useNames()
  const { you, others } = joined.snapshot
  const muted = others.filter(({ isMuted, state }) => isMuted && state === 'IN')
  const away = names(muted.map(({ displayName }) => displayName))
  return (
    <div role="status">
      {you.isMuted && (
        <Notice tone="warn" icon="microphoneOff">
          <p>{t('muted.you')}</p>
        </Notice>
      )}
      {/* Those at one's own side are silent for the same reason, and hear it from the line above. */}
      {!you.isMuted && muted.length > 0 && (
        <Notice tone="warn" icon="microphoneOff">
          <p>{t('muted.others', { name: away })}</p>
        </Notice>
      )}
    </div>
  )
}
