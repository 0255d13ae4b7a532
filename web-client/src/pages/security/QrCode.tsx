import { create } from 'qrcode'
import { useMemo } from 'react'
import { qrPath } from './qr-path.ts'

/** Modules of white around it that the standard asks for. */
const QUIET = 4

/** A text as a picture that a phone's camera reads. Drawn by the page itself: the text goes nowhere. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' })
    return { size: modules.size, path: qrPath(modules) }
  }, [text])
  const span = size + 2 * QUIET
  return (
    <svg
      className="vv-qr"
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${span} ${span}`}
      shapeRendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={span} height={span} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
