import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '@visavis/contract/errors'
import { newId } from '../../platform/ids.ts'
import { createDocumentStore } from './document-store.ts'
import { keptPicture } from './pictures.ts'

const KEY = '0123456789abcdef'.repeat(4)
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'white' } })
/** Does not compress to nothing, so that it can break off in the middle. */
const noise = (width: number, height: number) =>
  sharp({
    create: {
      ...{ width, height, channels: 3 as const },
      background: 'white',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })

const fieldOf = async (upload: Buffer): Promise<string | undefined> => {
  try {
    await keptPicture(upload)
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect(error.code).toBe('DOCUMENT_REFUSED')
    expect(error.context.fields?.[0]?.cure.length).toBeGreaterThan(20)
    return error.context.fields?.[0]?.field
  }
}

describe('a picture is judged by its content', () => {
  let jpeg: Buffer
  let png: Buffer
  let webp: Buffer
  beforeAll(async () => {
    jpeg = await noise(800, 600).jpeg().toBuffer()
    png = await noise(800, 600).png().toBuffer()
    webp = await noise(800, 600).webp().toBuffer()
  })

  it('and kept as a JPEG of at most 2400 pixels a side', async () => {
    for (const upload of [jpeg, png, webp]) {
      const kept = await keptPicture(upload)
      expect(kept).toMatchObject({ mimeType: 'image/jpeg', width: 800, height: 600 })
      expect([...kept.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
    }
    const large = await keptPicture(await plain(4000, 3000).jpeg({ progressive: true }).toBuffer())
    expect(large).toMatchObject({ width: 2400, height: 1800 })
  })

  it('stands upright and loses place, device and profile', async () => {
    const exif = { IFD0: { Copyright: 'SECRET-OWNER', Model: 'SECRET-PHONE' } }
    const upload = await noise(800, 600)
      .withExif(exif)
      .withMetadata({ orientation: 6, exif })
      .jpeg()
      .toBuffer()
    expect(upload.includes('SECRET-OWNER')).toBe(true)
    const kept = await keptPicture(upload)
    expect(kept).toMatchObject({ width: 600, height: 800 })
    const { exif: left, icc, xmp } = await sharp(kept.bytes).metadata()
    expect([left, icc, xmp]).toEqual([undefined, undefined, undefined])
    expect(kept.bytes.includes('SECRET')).toBe(false)
  })

  it('refuses other formats, whatever they call themselves', async () => {
    const gif = await plain(800, 600).gif().toBuffer()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"/>')
    for (const upload of [gif, svg, Buffer.from('%PDF-1.7'), Buffer.alloc(0)]) {
      expect(await fieldOf(upload)).toBe('type')
    }
  })

  it('refuses a truncated picture, wherever it breaks off', async () => {
    for (const whole of [jpeg, png, webp]) {
      for (const part of [0.02, 0.5, 0.9]) {
        expect(await fieldOf(whole.subarray(0, Math.floor(whole.length * part)))).toBe('content')
      }
      expect(await fieldOf(whole.subarray(0, -2))).toBe('content')
    }
  })

  it('refuses a broken picture whose frame is whole', async () => {
    const broken = Buffer.from(png)
    broken.fill(0x55, 200, 400)
    expect(await fieldOf(broken)).toBe('content')
    const head = Buffer.from([0xff, 0xd8, 0xff, 0xd9])
    expect(await fieldOf(head)).toBe('content')
  })

  it('refuses a file that is something else as well', async () => {
    const others = [Buffer.from('PK\x03\x04'), Buffer.from('<script>alert(1)</script>'), png]
    for (const whole of [jpeg, png, webp]) {
      for (const other of others) {
        expect(await fieldOf(Buffer.concat([whole, other]))).toBe('content')
      }
    }
  })

  it('takes what telephones add: padding, a second JPEG, a moving picture; and drops it', async () => {
    const box = (type: string, data: string) => {
      const size = Buffer.alloc(4)
      size.writeUInt32BE(8 + data.length)
      return Buffer.concat([size, Buffer.from(type + data)])
    }
    const mp4 = Buffer.concat([box('ftyp', 'mp42'), box('mdat', 'MOVING')])
    for (const rest of [Buffer.alloc(16), jpeg, mp4, Buffer.concat([jpeg, mp4])]) {
      const kept = await keptPicture(Buffer.concat([jpeg, rest]))
      expect(kept.bytes.includes('MOVING')).toBe(false)
    }
    expect(await fieldOf(Buffer.concat([jpeg, mp4, Buffer.from('PK')]))).toBe('content')
  })

  it('refuses what is too small to read, too large to decode and too large to send', async () => {
    expect(await fieldOf(await noise(599, 500).jpeg().toBuffer())).toBe('dimensions')
    expect(await fieldOf(await noise(700, 399).png().toBuffer())).toBe('dimensions')
    expect(await keptPicture(await noise(400, 600).png().toBuffer())).toMatchObject({ width: 400 })
    expect(await fieldOf(await plain(8000, 5001).png().toBuffer())).toBe('dimensions')
    expect(await fieldOf(Buffer.concat([jpeg, Buffer.alloc(12 * 1024 * 1024)]))).toBe('size')
  })
})

describe('the document store', () => {
  let folder: string
  const name = { documentId: newId(), visitorId: newId() }
  const picture = Buffer.from('\xff\xd8\xff the picture of somebody '.repeat(50), 'latin1')
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'visavis-documents-'))
    await createDocumentStore(folder, KEY).put(name, picture)
  })
  afterAll(() => rm(folder, { recursive: true }))
  const path = () => join(folder, `${name.documentId}.sealed`)

  it('has nothing of the picture on the disk, and the file is its owner’s alone', async () => {
    const sealed = await readFile(path())
    for (let at = 0; at + 8 <= picture.length; at += 8) {
      expect(sealed.includes(picture.subarray(at, at + 8))).toBe(false)
    }
    expect(sealed.length).toBe(picture.length + 29)
    expect((await stat(path())).mode & 0o777).toBe(0o600)
    expect(await createDocumentStore(folder, KEY).get(name)).toEqual(picture)
  })

  it('refuses another key, another name and any changed byte', async () => {
    const store = createDocumentStore(folder, KEY)
    const otherKey = createDocumentStore(folder, KEY.replace('0', '1'))
    await expect(otherKey.get(name)).rejects.toThrow('not what was sealed')
    await expect(store.get({ ...name, visitorId: newId() })).rejects.toThrow('not what was sealed')
    await expect(store.get({ ...name, documentId: newId() })).rejects.toThrow('not in its store')
    const sealed = await readFile(path())
    for (const at of [0, 1, 13, 29, sealed.length - 1]) {
      const tampered = Buffer.from(sealed)
      tampered.writeUInt8(tampered.readUInt8(at) ^ 1, at)
      await writeFile(path(), tampered)
      await expect(store.get(name)).rejects.toThrow('not what was sealed')
    }
    await writeFile(path(), sealed)
  })

  it('destroys a document, twice without complaint, and knows the old ones', async () => {
    const store = createDocumentStore(folder, KEY)
    const other = { documentId: newId(), visitorId: newId() }
    await store.put(other, picture)
    await utimes(path(), new Date(0), new Date(0))
    expect(await store.olderThan(new Date(1000))).toEqual([name.documentId])
    await store.remove(other.documentId)
    await store.remove(other.documentId)
    expect(await readdir(folder)).toEqual([`${name.documentId}.sealed`])
    expect(await createDocumentStore(join(folder, 'none'), KEY).olderThan(new Date())).toEqual([])
  })
})
