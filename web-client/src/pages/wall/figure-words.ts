const BITS_IN_KBIT = 1_000
const PERCENT = 100

/** A rate in whole kbit/s. */
export function kbps(bps: number): number {
  return Math.round(bps / BITS_IN_KBIT)
}

/** The worst of some shares (0 to 1), in percent with one digit, as the language writes it. */
export function percentOf(shares: readonly number[], locale: string): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  return new Intl.NumberFormat(locale, digits).format(Math.max(...shares) * PERCENT)
}
