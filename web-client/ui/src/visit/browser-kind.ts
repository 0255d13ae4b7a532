/** Browsers whose way to allow a camera differs; `OTHER` has words that fit most. */
export const BROWSER_KINDS = [
  'CHROME',
  'FIREFOX',
  'SAFARI_IOS',
  'SAFARI',
  'ANDROID',
  'OTHER',
] as const
export type BrowserKind = (typeof BROWSER_KINDS)[number]

/** Which browser this is, by what it says of itself; a guess that only chooses words. */
export function browserKindOf(userAgent: string, maxTouchPoints = 0): BrowserKind {
  // Every browser on an iPhone or iPad is Safari inside; an iPad calls itself a Mac that can be touched.
  const isTouchedMac = userAgent.includes('Macintosh') && maxTouchPoints > 1
  if (/iPhone|iPad|iPod/.test(userAgent) || isTouchedMac) return 'SAFARI_IOS'
  if (userAgent.includes('Firefox/')) return 'FIREFOX'
  if (userAgent.includes('Android')) return 'ANDROID'
  if (/Chrome\/|Chromium\/|Edg\//.test(userAgent)) return 'CHROME'
  return userAgent.includes('Safari/') ? 'SAFARI' : 'OTHER'
}
