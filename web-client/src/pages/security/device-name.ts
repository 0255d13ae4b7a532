/** A browser and its system, as people call them; null: it does not say. */
export type Device = { readonly browser: string | null; readonly system: string | null }

// The order decides: most browsers call themselves by the names of others, too.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg(A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/YaBrowser\//, 'Yandex'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
]

/** What a browser says of itself, in the words people use; a guess that only makes a name. */
export function deviceOf(userAgent: string, maxTouchPoints = 0): Device {
  // An iPad calls itself a Mac that can be touched.
  const isTouchedMac = userAgent.includes('Macintosh') && maxTouchPoints > 1
  return {
    browser: firstOf(BROWSERS, userAgent),
    system: isTouchedMac ? 'iPad' : firstOf(SYSTEMS, userAgent),
  }
}

function firstOf(table: typeof BROWSERS, text: string): string | null {
  return table.find(([sign]) => sign.test(text))?.[1] ?? null
}
