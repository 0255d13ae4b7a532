import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './Icon.tsx'

/** Shows a small voice well: loudness grows with the power, seeing with its root. */
const toShown = (level: number): number => Math.min(1, Math.sqrt(Math.max(0, level)))

/** A bar that follows the microphone. `level` gives the loudness now, 0 to 1. */
export function LevelMeter({ level, label }: { level: () => number; label?: string }) {
  const { t } = useTranslation()
  const fill = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let frame = requestAnimationFrame(function draw() {
      if (fill.current) fill.current.style.transform = `scaleX(${toShown(level()).toFixed(3)})`
      frame = requestAnimationFrame(draw)
    })
    return () => cancelAnimationFrame(frame)
  }, [level])
  return (
    <div className="vv-meter" role="img" aria-label={label ?? t('device.microphoneLevel')}>
      <Icon name="microphone" />
      <div className="vv-meter__track">
        <div ref={fill} className="vv-meter__fill" />
      </div>
    </div>
  )
}
