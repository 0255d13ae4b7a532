import { mayUseCamera } from '@visavis/contract/camera-pages'

/** What answers come from: pages and their files, the API, or the page that describes the API. */
export type AddressKind = 'web' | 'kiosk' | 'api' | 'docs'

/** Where browsers send what they found against our policies. */
export const REPORTS_PATH = '/api/browser-reports'
const REPORTS_GROUP = 'reports'
const KIOSK = /^\/terminal(\/|$)/
const DOCS = /^\/api\/docs(\/|$)/
/** What only pages of the call, of tests before it, of the wall and of terminals may use. */
const DEVICES = ['camera', 'microphone', 'speaker-selection', 'screen-wake-lock'] as const
/** What every page may use of itself: videos play in reviews as well, passkeys open more than calls. */
const EVERYWHERE = [
  'autoplay',
  'fullscreen',
  'publickey-credentials-get',
  'publickey-credentials-create',
] as const
/** What no page of ours uses, and so nobody who got into one. */
const NOWHERE = [
  'accelerometer',
  'bluetooth',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'midi',
  'payment',
  'picture-in-picture',
  'serial',
  'usb',
  'xr-spatial-tracking',
] as const

/** Whose address that is. `path` has no query. */
export function kindOfAddress(path: string): AddressKind {
  if (DOCS.test(path)) return 'docs'
  if (path === '/api' || path.startsWith('/api/')) return 'api'
  return KIOSK.test(path) ? 'kiosk' : 'web'
}

/** `Permissions-Policy` of the page at that path: camera and microphone only where a call may be. */
export function permissionsPolicy(path: string): string {
  const kind = kindOfAddress(path)
  const hasDevices = (kind === 'web' || kind === 'kiosk') && mayUseCamera(path)
  return [
    ...DEVICES.map((name) => `${name}=${hasDevices ? '(self)' : '()'}`),
    ...EVERYWHERE.map((name) => `${name}=(self)`),
    ...NOWHERE.map((name) => `${name}=()`),
  ].join(', ')
}

type Policy = Readonly<Record<string, readonly string[]>>

/** Nothing is run, drawn, framed or sent from an answer of the API, whatever it turns out to hold. */
const API_POLICY: Policy = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  sandbox: [],
}

/** Our own page, without any input, which styles itself inline and asks for the description it shows. */
const DOCS_POLICY: Policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** What all our pages have: their own scripts and styles only, and no text that becomes a script. */
const PAGE_POLICY: Policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
  'require-trusted-types-for': ["'script'"],
  // The one policy of the pages: it lets a worker be started from a script of ours.
  'trusted-types': ['visavis-worker'],
}

/** What each client has besides. Pictures are shown from memory in the web client only. */
const CLIENT_POLICY: Readonly<Record<'web' | 'kiosk', Policy>> = {
  web: {
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ["'self'"],
    'form-action': ["'self'"],
  },
  kiosk: { 'img-src': ["'self'", 'data:'], 'media-src': ["'self'"], 'form-action': ["'none'"] },
}

/** `Content-Security-Policy` of an answer. `origin` is the one that its pages have; no query in `path`. */
export function contentPolicy(
  path: string,
  { origin, isSecure }: { readonly origin: string; readonly isSecure: boolean },
): string {
  const kind = kindOfAddress(path)
  if (kind === 'api') return written(API_POLICY)
  if (kind === 'docs') return written(DOCS_POLICY)
  return written({
    ...PAGE_POLICY,
    ...CLIENT_POLICY[kind],
    // Safari does not count a socket of the same host as 'self'.
    'connect-src': ["'self'", origin.replace(/^http/, 'ws')],
    ...(isSecure ? { 'upgrade-insecure-requests': [] } : {}),
    'report-to': [REPORTS_GROUP],
  })
}

/** `Reporting-Endpoints`: the group that pages' policies name. */
export const REPORTING_ENDPOINTS = `${REPORTS_GROUP}="${REPORTS_PATH}"`

function written(policy: Policy): string {
  return Object.entries(policy)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ')
}
