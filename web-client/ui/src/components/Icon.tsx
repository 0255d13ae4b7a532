import type { ReactNode } from 'react'

const SHAPES = {
  alert: (
    <>
      <path d="M12 3.5 22 20.5H2Z" />
      <path d="M12 10v4.5M12 17.3v.4" />
    </>
  ),
  backspace: <path d="M8.5 5.5h11a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-11L2.5 12Zm3 4 5 5m0-5-5 5" />,
  camera: (
    <>
      <rect x="2.5" y="6.5" width="13" height="11" rx="2" />
      <path d="m15.5 11 6-3.5v9l-6-3.5" />
    </>
  ),
  cameraOff: (
    <>
      <path d="M8 6.5h5.5a2 2 0 0 1 2 2V11l6-3.5v9l-3-1.750M15.3 16.5a2 2 0 0 1-1.8 1H4.5a2 2 0 0 1-2-2v-7a2 2 0 0 1 1.5-1.9" />
      <path d="m3 3 18 18" />
    </>
  ),
  check: <path d="m4.5 12.5 5 5 10-11" />,
  eye: (
    <>
      <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z" />
      <circle cx="12" cy="12" r="3" />
    </>
  ),
  hangUp: (
    <path d="M3.2 14.7c-.9-1-.9-2.5.1-3.4 4.9-4.4 12.5-4.4 17.4 0 1 .9 1 2.4.1 3.4l-.9.9c-.5.5-1.3.6-1.9.2l-2.3-1.5a1.5 1.5 0 0 1-.6-1.6l.3-1.3a11 11 0 0 0-6.8 0l.3 1.3c.1.6-.1 1.3-.6 1.6L6 15.8c-.6.4-1.4.3-1.9-.2Z" />
  ),
  help: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M9 9.3a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M12 16.9v.3" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M12 11v6M12 7.2v.3" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="10.5" width="15" height="10.5" rx="2" />
      <path d="M8 10.5V7.5a4 4 0 0 1 8 0v3" />
    </>
  ),
  microphone: (
    <>
      <rect x="8.5" y="2.5" width="7" height="12" rx="3.5" />
      <path d="M5 11.5a7 7 0 0 0 14 0M12 18.5v3" />
    </>
  ),
  microphoneOff: (
    <>
      <path d="M15.5 9.5V6a3.5 3.5 0 0 0-6.8-1.2M8.5 8.5V11a3.5 3.5 0 0 0 5.3 3M5 11.5a7 7 0 0 0 11 5.7M19 11.5a7 7 0 0 1-.6 2.8M12 18.5v3" />
      <path d="m3 3 18 18" />
    </>
  ),
  pause: <path d="M8 5v14M16 5v14" />,
  people: (
    <>
      <circle cx="9" cy="8" r="3.5" />
      <path d="M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .8 3.1 2.6 3.5 5.5" />
    </>
  ),
  hands: (
    <path d="M7.5 11V5.5a1.5 1.5 0 0 1 3 0V10m0-5.5a1.5 1.5 0 0 1 3 0V10m0-4a1.5 1.5 0 0 1 3 0v8.5a6 6 0 0 1-6 6c-3 0-4.5-1.5-5.5-4l-1.5-3.5a1.4 1.4 0 0 1 2.5-1.2L7.5 14Z" />
  ),
  play: <path d="M7 4.5v15l12-7.5Z" />,
  record: <circle cx="12" cy="12" r="6.5" fill="currentColor" />,
  sound: (
    <>
      <path d="M3.5 9.5v5h4l5 4v-13l-5 4Z" />
      <path d="M16 9a4.2 4.2 0 0 1 0 6M18.7 6.3a8 8 0 0 1 0 11.4" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof SHAPES

/** A line drawing that takes the colour and size of the text; always beside words or a label. */
export function Icon({ name, size = '1.35em' }: { name: IconName; size?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  )
}

/** The service's mark: two people turned to each other. */
export function BrandMark() {
  return (
    <svg
      viewBox="0 0 36 24"
      width="2.25em"
      height="1.5em"
      fill="none"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M3 12a9 9 0 0 1 14-7.5 12 12 0 0 0 0 15A9 9 0 0 1 3 12Z" fill="currentColor" />
      <path
        d="M33 12a9 9 0 0 1-14 7.5 12 12 0 0 0 0-15A9 9 0 0 1 33 12Z"
        stroke="currentColor"
        strokeWidth="2.2"
      />
    </svg>
  )
}
