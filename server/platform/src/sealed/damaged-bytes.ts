import { Fault } from '@visavis/contract/errors'

/** Sealed bytes that are not what was sealed: damaged, cut, swapped, or sealed with another key or for another use. */
export class DamagedBytes extends Fault {
  /** Where the damage lies in the sealed bytes: from this byte to that one, both included. */
  readonly fromByte: number
  readonly toByte: number
  constructor(message: string, { fromByte, toByte }: { fromByte: number; toByte: number }) {
    super(`${message} (bytes ${fromByte}–${toByte})`)
    this.fromByte = fromByte
    this.toByte = toByte
  }
}
