import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { PassThrough, Readable, Transform } from 'node:stream'
import { Fault } from '@visavis/contract/errors'
import { ZipFile } from 'yazl'

/** A file of an archive; opened when its turn comes. */
export type ArchiveFile = {
  readonly name: string
  /** Plain bytes, where they are known: an archive may be larger than four gigabytes. */
  readonly bytes: number
  readonly open: () => Promise<Readable>
  /** Text is made smaller; media cannot be. */
  readonly isText?: boolean
}

/** A file as it went in. */
export type PackedFile = { readonly file: string; readonly bytes: number; readonly sha256: string }

type Packing = {
  readonly files: readonly ArchiveFile[]
  readonly madeAt: Date
  /** The last file, made of what all others were. */
  readonly last: { readonly name: string; readonly of: (packed: readonly PackedFile[]) => Buffer }
}

/** A file of bytes that are there already. */
export function textFile(name: string, bytes: Buffer): ArchiveFile {
  return { name, bytes: bytes.length, isText: true, open: async () => Readable.from([bytes]) }
}

/** Packs files into one ZIP archive, one after another and never whole in memory; breaks with the first file that does. */
export function packed({ files, madeAt, last }: Packing): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream.pipe(new PassThrough())
  // What breaks on the way in breaks the archive: a part of one is none.
  const broken = (error: unknown): void => {
    output.destroy(error instanceof Error ? error : new Fault('a file broke off', { cause: error }))
  }
  zip.on('error', broken)
  let open: Readable | null = null
  output.on('close', () => open?.destroy())
  const done: PackedFile[] = []
  for (const file of files) {
    const { name, bytes: size, isText: compress = false } = file
    zip.addReadStreamLazy(name, { size, compress, mtime: madeAt }, (give) => {
      file.open().then((stream) => {
        open = stream
        give(null, noted(stream, { file: name, done, broken }))
      }, broken)
    })
  }
  zip.addReadStreamLazy(last.name, { compress: true, mtime: madeAt }, (give) =>
    give(null, Readable.from([last.of(done)])),
  )
  zip.end()
  return output
}

type Noting = {
  readonly file: string
  readonly done: PackedFile[]
  readonly broken: (error: unknown) => void
}

function noted(stream: Readable, { file, done, broken }: Noting): Readable {
  const { through, bytes, hash } = measured()
  through.on('end', () => done.push({ file, bytes: bytes(), sha256: hash.digest('hex') }))
  stream.on('error', broken)
  return stream.pipe(through)
}

/** Counts and hashes what flows through. */
export function measured(): {
  readonly through: Transform
  readonly bytes: () => number
  readonly hash: Hash
} {
  const hash = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk)
      bytes += chunk.length
      next(null, chunk)
    },
  })
  return { through, bytes: () => bytes, hash }
}
