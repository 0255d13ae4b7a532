import type { WallFeed } from '@visavis/call'
import { useEffect, useRef } from 'react'

/** How loud one person is, as the SFU measures it: no sound comes to this page for it (OV-4). */
export function TileLevel({ feed, seatId }: { feed: WallFeed; seatId: string }) {
  const fill = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    // Past React: it changes twice a second for everybody on the wall.
    const draw = () => {
      const level = feed.levels.get(seatId) ?? 0
      if (fill.current) fill.current.style.transform = `scaleX(${level.toFixed(2)})`
    }
    draw()
    return feed.levels.subscribe(seatId, draw)
  }, [feed, seatId])
  return (
    <span className="vv-level" aria-hidden="true">
      <span ref={fill} className="vv-level__fill" />
    </span>
  )
}
