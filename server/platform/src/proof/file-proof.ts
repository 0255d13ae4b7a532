import { createHash } from 'node:crypto'
import { PROOF_BLOCK_BYTES } from '@visavis/contract/recording-result'
import type { FileProof } from '@visavis/contract/recording-result'
import {
  HEAD_BYTES,
  SEALED_CHUNK_BYTES,
  checkLength,
  resumeMessage,
} from '../sealed/cobblestone.ts'
import type { SealedSource } from '../sealed/sealed-file.ts'

/** Takes a file's bytes in their order, plain and sealed each by themselves, and proves them. */
export type FileProver = {
  readonly add: (plain: Uint8Array) => void
  readonly addSealed: (sealed: Uint8Array) => void
  /** The proof of all that was added, under the file's name. Once. */
  readonly result: (file: string) => FileProof
}

/** Creates a prover with nothing in it. */
export function createFileProver(): FileProver {
  const plain = createBlockHash()
  const sealed = createBlockHash()
  return {
    add: (bytes) => plain.add(bytes),
    addSealed: (bytes) => sealed.add(bytes),
    result(file) {
      const { bytes, sha256, blocks } = sealed.result()
      const { bytes: plainBytes, sha256: plainSha256, blocks: plainBlocks } = plain.result()
      return { file, bytes, sha256, blocks, plainBytes, plainSha256, plainBlocks }
    },
  }
}

/** Sealed chunks that are read and opened at once: about a megabyte. */
const STEP_CHUNKS = 64

/** Reads a sealed file again, opens it and proves it as it lies there. Throws `DamagedBytes`. */
export async function proveSealedFile(source: SealedSource, file: string): Promise<FileProof> {
  const prover = createFileProver()
  checkLength(source.sealedBytes)
  const head = await source.readAt(0, HEAD_BYTES - 1)
  const cipher = resumeMessage(source, head)
  prover.addSealed(head)
  const stepBytes = STEP_CHUNKS * SEALED_CHUNK_BYTES
  let number = 0
  for (let at = HEAD_BYTES; at < source.sealedBytes; at += stepBytes) {
    const step = await source.readAt(at, Math.min(at + stepBytes, source.sealedBytes) - 1)
    prover.addSealed(step)
    for (const chunk of chunksOf(step)) {
      prover.add(cipher.openChunk(number, chunk))
      number += 1
    }
  }
  return prover.result(file)
}

function* chunksOf(step: Buffer): Generator<Buffer> {
  for (let at = 0; at < step.length; at += SEALED_CHUNK_BYTES) {
    yield step.subarray(at, at + SEALED_CHUNK_BYTES)
  }
}

function createBlockHash() {
  const whole = createHash('sha256')
  const blocks: string[] = []
  let block = createHash('sha256')
  let blockBytes = 0
  let bytes = 0
  const endBlock = (): void => {
    blocks.push(block.digest('hex'))
    block = createHash('sha256')
    blockBytes = 0
  }
  return {
    add(data: Uint8Array) {
      whole.update(data)
      bytes += data.length
      let at = 0
      while (at < data.length) {
        const part = data.subarray(at, at + PROOF_BLOCK_BYTES - blockBytes)
        block.update(part)
        blockBytes += part.length
        at += part.length
        if (blockBytes === PROOF_BLOCK_BYTES) endBlock()
      }
    },
    result() {
      if (blockBytes > 0) endBlock()
      return { bytes, sha256: whole.digest('hex'), blocks }
    },
  }
}
