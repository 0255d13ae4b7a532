import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '@visavis/platform/object-store/durable'
import { z } from 'zod'
import { createSerialQueue } from '../../platform/serial-queue.ts'

/** What was signed last of a log. */
export type Remembered = { readonly size: number; readonly root: Buffer }

/**
 * What the signer remembers outside of the database: a database that was brought back from a copy has forgotten
 * entries, and must not be vouched for as if it had not.
 */
export type SignerMemory = {
  readonly read: (log: string) => Promise<Remembered | null>
  readonly write: (log: string, head: Remembered) => Promise<void>
}

const Kept = z.object({ size: z.number().int().positive(), root: z.base64() })

/** A memory in files of `folder`, one a log. */
export function createSignerMemory(folder: string): SignerMemory {
  const fileOf = (log: string) => join(folder, `${log.replaceAll('/', '-')}.json`)
  const read: SignerMemory['read'] = async (log) => {
    const text = await readFile(fileOf(log), 'utf8').catch(noneIfMissing)
    if (text === null) return null
    const { size, root } = Kept.parse(JSON.parse(text))
    return { size, root: Buffer.from(root, 'base64') }
  }
  // Two who sign at once come here in any order: one file, and never back.
  const queue = createSerialQueue()
  return {
    read,
    write: (log, { size, root }) =>
      queue.run(log, async () => {
        if (((await read(log))?.size ?? 0) > size) return
        await writeWhole(
          fileOf(log),
          `${JSON.stringify({ size, root: root.toString('base64') })}\n`,
        )
      }),
  }
}

function noneIfMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
