/* global TextDecoder */
// An exported log, made by the service's own rules, and what somebody could do to it.
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chainEntry, CHAIN_START } from '@visavis/prisma'
import { merkleLeaf } from '@visavis/platform/proof/merkle'
import { signedCheckpoint, verifierKeyOf } from '../../../server/src/modules/audit-log/note.ts'
import { newTree } from './notes.mjs'

export const LOG = 'facility/0198f000-0000-7000-8000-000000000001'
const NAME = 'visits.example.org'
export const ORIGIN = `${NAME}/audit/${LOG}`
const ACTIONS = ['seat.admit', 'recording.play', 'account.signIn', 'visit.end']

export const aSigner = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
  const verifier = verifierKeyOf({ name: NAME, kind: 'log', publicKey: raw })
  return { name: NAME, privateKey, publicKey: raw.toString('base64'), verifier }
}

/** @param {number} n @param {string} [mark] a draft that differs from the one of another mark */
export const draft = (n, mark = '') => ({
  log: LOG,
  ts: new Date(Date.UTC(2026, 0, 1) + n * 1000),
  actor: { type: 'officer', actorId: `0198f000-0000-7000-8000-${String(n).padStart(12, '0')}` },
  action: ACTIONS[n % ACTIONS.length],
  object: { type: 'seat', objectId: `${n}${mark}` },
  outcome: 'allow',
})

/** Entries behind `before`, as text. @param {any[]} drafts @param {{seq: bigint, hash: string}} before */
export const chained = (drafts, before = CHAIN_START) => {
  let head = before
  return drafts.map((one) => {
    const row = chainEntry(head, one)
    head = { seq: row.seq, hash: row.hash }
    return new TextDecoder().decode(row.bytes)
  })
}

/** @param {string[]} lines */
export const headOfLines = (lines) => {
  const hash = lines.length === 0 ? CHAIN_START.hash : leafOf(lines.at(-1) ?? '').toString('hex')
  return { seq: BigInt(lines.length), hash }
}

/** @param {string} line */
export const leafOf = (line) => merkleLeaf(Buffer.from(line))

/** The checkpoints of these lines at these sizes, signed. @param {string[]} lines @param {number[]} sizes @param {any} signer */
export const checkpointsOf = (lines, sizes, signer) => {
  const tree = newTree()
  const notes = []
  for (const [index, line] of lines.entries()) {
    tree.add(leafOf(line))
    if (sizes.includes(index + 1))
      notes.push(signedCheckpoint({ origin: ORIGIN, size: index + 1, root: tree.root() }, signer))
  }
  return notes
}

/** @param {string} folder @param {{lines: string[], notes: string[], keys: any[], size?: number}} what */
export const writeLog = (folder, { lines, notes, keys, size = lines.length }) => {
  mkdirSync(folder, { recursive: true })
  const about = { v: 1, type: 'visavis.auditLog', log: LOG, origin: ORIGIN, size }
  writeFileSync(path.join(folder, 'log.json'), JSON.stringify(about))
  writeFileSync(path.join(folder, 'keys.json'), JSON.stringify({ keys }))
  writeFileSync(path.join(folder, 'entries.jsonl'), lines.map((line) => `${line}\n`).join(''))
  const checkpoints = notes.map((note) => `${JSON.stringify({ note })}\n`).join('')
  writeFileSync(path.join(folder, 'checkpoints.jsonl'), checkpoints)
}
