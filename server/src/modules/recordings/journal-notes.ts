import type { LiveVisits } from '../visits/index.ts'
import type { RecordingDesk } from './recording-desk.ts'
import { journalNoteOf } from './writing-rules.ts'

/** What happens in a visit beside its media goes into its journal, too: what is untold to the parties as well. */
export function forwardNotes(
  { going, log }: RecordingDesk,
  { acts }: Pick<LiveVisits, 'acts'>,
): void {
  acts.noted.on(({ visitId, notes }) => {
    const own = going.get(visitId)
    if (!own) return
    for (const note of notes) {
      const { recordingId, link } = own
      link.call('note', { recordingId, note: journalNoteOf(note) }).catch((error: unknown) => {
        // The timeline has it all the same.
        log.debug({ visitId, recordingId, err: error }, 'note did not reach the journal')
      })
    }
  })
}
