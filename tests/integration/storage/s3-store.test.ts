import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import S3rver from 's3rver'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Fault } from '@visavis/contract/errors'
import { fileContext, sealMessage } from '@visavis/platform/sealed/cobblestone'
import { openSealedFile } from '@visavis/platform/sealed/sealed-file'
import {
  ObjectStoreConfig,
  createObjectStore,
} from '@visavis/platform/object-store/create-object-store'
import { objectStoreContract } from '@visavis/platform/object-store/object-store-fixture'

/** The account that this S3 server knows. */
const ACCOUNT = 'S3RVER'
const WRONG_SECRET = 'a-secret-that-must-not-be-told'

let folder: string
let server: S3rver
let endpoint: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'visavis-s3-'))
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 'buckets'),
    configureBuckets: [{ name: 'recordings' }],
  })
  endpoint = `http://127.0.0.1:${(await server.run()).port}`
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

function storeOf(change: Record<string, string> = {}) {
  const env = {
    OBJECT_STORE: 's3://recordings/prison/one',
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: ACCOUNT,
    S3_SECRET_ACCESS_KEY: ACCOUNT,
    ...change,
  }
  return createObjectStore({ ...ObjectStoreConfig.parse(env), RECORDINGS_DIR: folder })
}

async function aFile(content: Buffer): Promise<string> {
  const path = join(folder, `local-${Math.random()}`)
  await writeFile(path, content)
  return path
}

describe('[RC-7] the S3-compatible store', () => {
  objectStoreContract(storeOf)

  it('keeps prefixes apart', async () => {
    await storeOf().put('apart/a', await aFile(Buffer.from('one')))
    const other = storeOf({ OBJECT_STORE: 's3://recordings/prison/two' })
    expect(await other.sizeOf('apart/a')).toBeNull()
    expect(await other.list('')).toEqual([])
    const whole = storeOf({ OBJECT_STORE: 's3://recordings' })
    expect(await whole.list('prison/one/apart')).toEqual(['prison/one/apart/a'])
  })

  it('gives a sealed file at any place', async () => {
    const keys = {
      key: Buffer.alloc(32, 7),
      context: fileContext('recording', 'track.webm.sealed'),
    }
    const plain = Buffer.from(Uint8Array.from({ length: 3_000_000 }, (_, at) => at ^ (at >> 8)))
    const store = storeOf()
    await store.put('v/r/track.webm.sealed', await aFile(sealMessage(plain, keys)))
    const sealedBytes = (await store.sizeOf('v/r/track.webm.sealed')) ?? 0
    const readAt = (start: number, end: number) => store.readAt('v/r/track.webm.sealed', start, end)
    const file = await openSealedFile({ ...keys, readAt, sealedBytes })
    for (const [start, end] of [
      [0, 0],
      [16_383, 16_384],
      [1_000_000, 1_065_535],
      [2_999_000, 2_999_999],
    ] as const) {
      expect(plain.subarray(start, end + 1).equals(await file.read(start, end))).toBe(true)
    }
  })

  it('says that its credentials are wrong, and not what they are', async () => {
    const store = storeOf({ S3_ACCESS_KEY_ID: 'NOBODY', S3_SECRET_ACCESS_KEY: WRONG_SECRET })
    const local = await aFile(Buffer.from('x'))
    const asks = [
      () => store.list(''),
      () => store.readAt('a', 0, 1),
      () => store.sizeOf('a'),
      () => store.remove('a'),
      () => store.put('a', local),
    ]
    for (const ask of asks) {
      const error = await ask().catch((fault: unknown) => fault)
      expect(error).toBeInstanceOf(Fault)
      expect(String(error)).toContain('check S3_ACCESS_KEY_ID')
      expect(inspect(error, { depth: null, showHidden: true })).not.toContain(WRONG_SECRET)
    }
    expect((await stat(local)).size).toBe(1)
  })

  it('says which bucket there is not, and which address does not answer', async () => {
    const nowhere = storeOf({ OBJECT_STORE: 's3://missing-bucket' })
    await expect(nowhere.list('')).rejects.toThrow('no bucket missing-bucket')
    const silent = storeOf({ S3_ENDPOINT: 'http://127.0.0.1:9' })
    await expect(silent.list('')).rejects.toThrow('127.0.0.1:9 cannot be reached')
  })

  it('is refused when only half of its credentials are given', () => {
    expect(() => storeOf({ S3_SECRET_ACCESS_KEY: '' })).not.toThrow()
    const config = {
      ...ObjectStoreConfig.parse({ OBJECT_STORE: 's3://recordings', S3_ACCESS_KEY_ID: 'a' }),
      RECORDINGS_DIR: '',
    }
    expect(() => createObjectStore(config)).toThrow('go together')
    expect(ObjectStoreConfig.safeParse({ OBJECT_STORE: 's3://Bad_Bucket/../x' }).success).toBe(
      false,
    )
    expect(ObjectStoreConfig.safeParse({ OBJECT_STORE: 'elsewhere' }).success).toBe(false)
  })
})

/** What an S3 server does that the one of the tests cannot: it stumbles, and it answers in parts. */
describe('[RC-7] the S3-compatible store, with a server of odd ways', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const each of servers.splice(0)) {
      each.closeAllConnections()
      each.close()
    }
  })
  const serve = async (answer: RequestListener): Promise<string> => {
    const odd = createServer((request, response) => {
      request.resume()
      request.on('end', () => answer(request, response))
    })
    servers.push(odd)
    await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(odd.address() as AddressInfo).port}`
  }

  it('puts again what was not taken at first, under the hash of its content', async () => {
    const hashes: unknown[] = []
    const S3_ENDPOINT = await serve((request, response) => {
      const isPut = request.method === 'PUT'
      if (isPut) hashes.push(request.headers['x-amz-content-sha256'])
      response.writeHead(isPut ? (hashes.length > 2 ? 200 : 503) : 404).end()
    })
    await storeOf({ S3_ENDPOINT }).put('v/a', await aFile(Buffer.from('kept')))
    expect(hashes).toEqual(Array(3).fill(createHash('sha256').update('kept').digest('hex')))
  })

  it('[RC-4] finds that an earlier try came through though its answer was lost, or that another was quicker', async () => {
    let hash: unknown = null
    const S3_ENDPOINT = await serve((request, response) => {
      if (request.method === 'PUT') {
        expect(request.headers['if-none-match']).toBe('*')
        hash ??= request.headers['x-amz-content-sha256']
        response.writeHead(412).end()
      } else if (typeof hash === 'string') {
        response.writeHead(200, { 'x-amz-meta-sha256': hash, 'content-length': 4 }).end()
      } else response.writeHead(404).end()
    })
    const store = storeOf({ S3_ENDPOINT })
    await store.put('v/a', await aFile(Buffer.from('kept')))
    await expect(store.put('v/a', await aFile(Buffer.from('late')))).rejects.toThrow(
      'another object',
    )
  })

  it('reads again what broke off', async () => {
    let broken = 0
    const S3_ENDPOINT = await serve((_, response) => {
      response.writeHead(206, { 'content-length': 4 })
      if (broken < 2) {
        broken += 1
        response.write('ke', () => response.destroy())
      } else response.end('kept')
    })
    expect(String(await storeOf({ S3_ENDPOINT }).readAt('v/a', 0, 3))).toBe('kept')
    expect(broken).toBe(2)
  })

  it('gives up after some tries, and keeps the local file', async () => {
    const S3_ENDPOINT = await serve((request, response) => {
      response.writeHead(request.method === 'PUT' ? 503 : 404).end()
    })
    const local = await aFile(Buffer.from('kept'))
    await expect(storeOf({ S3_ENDPOINT }).put('v/a', local)).rejects.toThrow('HTTP 503')
    expect((await stat(local)).size).toBe(4)
  })

  it('lists what comes in several answers', async () => {
    const page = (keys: readonly string[], next: string): string =>
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== ''}</IsTruncated>` +
      keys.map((key) => `<Contents><Key>prison/one/v/${key}</Key></Contents>`).join('') +
      (next && `<NextContinuationToken>${next}</NextContinuationToken>`) +
      '</ListBucketResult>'
    const S3_ENDPOINT = await serve(({ url = '' }, response) => {
      response.end(
        url.includes('continuation-token=more') ? page(['c'], '') : page(['a', 'b'], 'more'),
      )
    })
    expect(await storeOf({ S3_ENDPOINT }).list('v/')).toEqual(['v/a', 'v/b', 'v/c'])
  })
})
