import type { SeatQuality } from '@visavis/contract/quality'
import type { WallVisit } from '@visavis/contract/visit'
import { localeOf } from '@visavis/ui'
import { LineBars } from '@visavis/ui/visit/LineBars.tsx'
import { useTranslation } from 'react-i18next'
import { kbps, percentOf } from './figure-words.ts'

type FiguresProps = { readonly visit: WallVisit; readonly seats: readonly SeatQuality[] }

/** How each person is connected, in figures: of every class of visit, for they say nothing of it (OV-9). */
export function QualityFigures({ visit, seats }: FiguresProps) {
  const { t } = useTranslation()
  const known = seats.flatMap((quality) => {
    const seat = visit.seats.find(({ seatId }) => seatId === quality.seatId)
    return seat ? [{ quality, name: seat.name }] : []
  })
  if (known.length === 0) return null
  return (
    <section className="vv-stack vv-stack--close vv-small" aria-label={t('quality.figures.title')}>
      {known.map(({ quality, name }) => (
        <p key={quality.seatId} className="vv-row vv-numbers">
          <LineBars level={quality.level} label={name} />
          <Figures quality={quality} />
        </p>
      ))}
    </section>
  )
}

function Figures({ quality: { send, receive, roundTripMs } }: { quality: SeatQuality }) {
  const { t, i18n } = useTranslation()
  const losses = [send.lossShare, receive.lossShare].filter((share) => share !== null)
  const lossIn = (shares: readonly number[]) => percentOf(shares, localeOf(i18n.language))
  const held = Object.values(receive.held)[0]
  const figures = [
    [t('quality.figures.sends'), t('quality.figures.kbps', { rate: kbps(send.bps) })],
    [t('quality.figures.receives'), t('quality.figures.kbps', { rate: kbps(receive.bps) })],
    [
      t('quality.figures.layers'),
      t('quality.figures.layersOf', { sent: send.layers, received: receive.layers }),
    ],
    ...(losses.length > 0
      ? [[t('quality.figures.loss'), t('quality.figures.percent', { share: lossIn(losses) })]]
      : []),
    ...(roundTripMs === null
      ? []
      : [[t('quality.figures.roundTrip'), t('quality.figures.ms', { ms: roundTripMs })]]),
  ]
  return (
    <>
      {figures.map(([what, value]) => (
        <span key={what}>
          <span className="vv-soft">{what}</span> {value}
        </span>
      ))}
      {held !== undefined && <strong>{t(`quality.figures.held.${held}`)}</strong>}
    </>
  )
}
