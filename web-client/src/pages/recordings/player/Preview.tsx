import { useTranslation } from 'react-i18next'
import { thumbnailUrl } from '../../../api/paths.ts'
import { stillAt, stillsOf } from './line-rules.ts'
import type { SeatTracks } from './line-rules.ts'
import { placeClock, seatWords } from './line-words.ts'
import { shareOf } from './waveform.ts'

type PreviewProps = {
  readonly playId: string
  readonly seats: readonly SeatTracks[]
  readonly atMs: number
  readonly lengthMs: number
}

/** What everybody looked like at about that time; it never leaves the line's ends. */
export function Preview({ playId, seats, atMs, lengthMs }: PreviewProps) {
  const { t } = useTranslation()
  const { from } = shareOf({ fromMs: atMs, toMs: atMs }, lengthMs)
  return (
    <div className="vv-line__over">
      <div
        className="vv-preview"
        style={{ left: `clamp(7rem, ${from * 100}%, calc(100% - 7rem))` }}
      >
        <div className="vv-preview__pictures">
          {seats.map((seat) => {
            const found = stillAt(stillsOf(seat), atMs)
            return (
              found && (
                <img
                  key={seat.seatId}
                  src={thumbnailUrl(playId, found.trackId, found.index)}
                  alt={t('player.thumbnail', { who: seatWords(t, seat) })}
                />
              )
            )
          })}
        </div>
        <p className="vv-numbers">{placeClock(atMs)}</p>
      </div>
    </div>
  )
}
