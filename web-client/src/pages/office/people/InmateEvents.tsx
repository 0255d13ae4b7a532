import { Button } from '@visavis/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InmateFile } from '../parts/types.ts'
import { EventDialog } from './EventDialog.tsx'

/** What can happen to an inmate, as the office enters it. */
export const INMATE_EVENTS = ['MOVE_WING', 'TRANSFER', 'RELEASE', 'DEATH'] as const
export type InmateEvent = (typeof INMATE_EVENTS)[number]

type InmateEventsProps = { readonly file: InmateFile; readonly onDone: (words: string) => void }

/** Life happens: each event says what follows from it and is entered in two steps (BK-13). */
export function InmateEvents({ file, onDone }: InmateEventsProps) {
  const { t } = useTranslation()
  const [event, setEvent] = useState<InmateEvent | null>(null)
  return (
    <section className="vv-stack vv-stack--near">
      <h2>{t('officePeople.events')}</h2>
      <div className="vv-row">
        {INMATE_EVENTS.map((each) => (
          <Button key={each} look="secondary" onClick={() => setEvent(each)}>
            {t(`officePeople.event.${each}`)}
          </Button>
        ))}
      </div>
      {event !== null && (
        <EventDialog
          key={event}
          file={file}
          event={event}
          onClose={() => setEvent(null)}
          onDone={(words) => {
            setEvent(null)
            onDone(words)
          }}
        />
      )}
    </section>
  )
}
