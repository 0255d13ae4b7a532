/** What a browser and its system are called, by what it says of itself; null: it says nothing that we know. */
export type DeviceWords = { readonly browser: string | null; readonly system: string | null }

/** The first that fits counts: Edge and Samsung's browser also say Chrome, and Chrome says Safari. */
const BROWSERS = [
  ['Edge', /\bEdgA?\/|\bEdgiOS\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Opera', /\bOPR\//],
  ['Yandex', /\bYaBrowser\//],
  ['Firefox', /\bFirefox\/|\bFxiOS\//],
  ['Chrome', /\bChrome\/|\bCriOS\//],
  ['Safari', /\bSafari\//],
] as const

const SYSTEMS = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
] as const

/** Words for a `User-Agent` header; nothing else of it is kept. */
export function deviceWords(userAgent: string | undefined): DeviceWords {
  return { browser: firstOf(BROWSERS, userAgent), system: firstOf(SYSTEMS, userAgent) }
}

function firstOf(
  known: readonly (readonly [name: string, sign: RegExp])[],
  userAgent: string | undefined,
): string | null {
  if (userAgent === undefined) return null
  return known.find(([, sign]) => sign.test(userAgent))?.[0] ?? null
}
