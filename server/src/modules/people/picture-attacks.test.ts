import { deflateSync, crc32 } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { Refusal } from '@visavis/contract/errors'
import { keptPicture } from './pictures.ts'

const SCRIPT = '<html><script>alert(1)</script>'
const MEGABYTE = 1_048_576

const aPicture = (width = 800, height = 600) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } })

/** A PNG chunk: length, type, data, checksum. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** The PNG with one more chunk behind its head, which is always 33 bytes. */
const withChunk = (png: Buffer, extra: Buffer) =>
  Buffer.concat([png.subarray(0, 33), extra, png.subarray(33)])

async function faultOf(upload: Buffer): Promise<string | null> {
  try {
    await keptPicture(upload)
    return null
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.context.fields?.[0]?.field ?? 'none'
  }
}

describe('a picture that is a page or a program as well', () => {
  it('is refused where the other file comes first or last', async () => {
    const jpeg = await aPicture().jpeg().toBuffer()
    expect(await faultOf(Buffer.concat([Buffer.from(SCRIPT), jpeg]))).toBe('type')
    expect(await faultOf(Buffer.concat([jpeg, Buffer.from(SCRIPT)]))).toBe('content')
    expect(
      await faultOf(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`)),
    ).toBe('type')
    expect(await faultOf(Buffer.from('GIF89a/*<script>*/=1;'))).toBe('type')
    expect(await faultOf(Buffer.concat([jpeg, Buffer.from('PK\u0003\u0004')]))).toBe('content')
  })

  it('loses what it carries inside: comments, texts and descriptions', async () => {
    const jpeg = await aPicture().jpeg().toBuffer()
    const text = Buffer.from(SCRIPT)
    const size = Buffer.from([0xff, 0xfe, 0, text.length + 2])
    const commented = Buffer.concat([jpeg.subarray(0, 2), size, text, jpeg.subarray(2)])
    const png = await aPicture().png().toBuffer()
    const worded = withChunk(png, chunk('tEXt', Buffer.from(`Comment\0${SCRIPT}`)))
    const described = await aPicture()
      .withExif({ IFD0: { ImageDescription: SCRIPT, Artist: 'Anna Petrova' } })
      .jpeg()
      .toBuffer()
    for (const upload of [commented, worded, described]) {
      expect(upload.includes('<script>')).toBe(true)
      const { bytes } = await keptPicture(upload)
      expect(bytes.includes('<script>')).toBe(false)
      expect(bytes.includes('Petrova')).toBe(false)
    }
  })
})

describe('a picture that grows when it is opened', () => {
  it('is refused by what its head says, before anything is opened', async () => {
    const png = await aPicture().png().toBuffer()
    const head = Buffer.from(png.subarray(16, 29))
    head.writeUInt32BE(60_000, 0)
    head.writeUInt32BE(60_000, 4)
    const bomb = Buffer.concat([png.subarray(0, 8), chunk('IHDR', head), png.subarray(33)])
    expect(await faultOf(bomb)).toBe('dimensions')
  })

  it('costs no more than its pixels: what is packed beside them stays packed', async () => {
    const png = await aPicture().png().toBuffer()
    const packed = deflateSync(Buffer.alloc(256 * MEGABYTE))
    expect(packed.length).toBeLessThan(MEGABYTE)
    const bomb = withChunk(png, chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), packed])))
    const before = process.memoryUsage().rss
    await faultOf(bomb)
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * MEGABYTE)
  })
})
