/** One sender's word on what its RTP clock showed at an instant of its wall clock. */
export type SenderReport = {
  readonly ssrc: number
  /** Milliseconds since 1900, as NTP counts. */
  readonly ntpMs: number
  readonly rtpTimestamp: number
}

const SENDER_REPORT = 200
const SENDER_REPORT_BYTES = 28
const NTP_FRACTIONS_PER_MS = 2 ** 32 / 1000

/** The sender reports in a compound RTCP packet (RFC 3550 §6.4.1); damaged parts end the reading. */
export function senderReports(bytes: Buffer): SenderReport[] {
  const reports: SenderReport[] = []
  let at = 0
  while (at + 4 <= bytes.length) {
    const end = at + (bytes.readUInt16BE(at + 2) + 1) * 4
    if (end > bytes.length) break
    const isReport = bytes.readUInt8(at + 1) === SENDER_REPORT && end - at >= SENDER_REPORT_BYTES
    if (isReport) reports.push(readReport(bytes, at))
    at = end
  }
  return reports
}

function readReport(bytes: Buffer, at: number): SenderReport {
  return {
    ssrc: bytes.readUInt32BE(at + 4),
    ntpMs: bytes.readUInt32BE(at + 8) * 1000 + bytes.readUInt32BE(at + 12) / NTP_FRACTIONS_PER_MS,
    rtpTimestamp: bytes.readUInt32BE(at + 16),
  }
}
