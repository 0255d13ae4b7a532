import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ObjectStoreConfig } from '@visavis/platform/object-store/index'
import type { ServerConfig } from '../../../../server/src/config.ts'
import { AUDIT_PLACES, anAuditKey, removeAuditKey } from '../../../support/audit-key.ts'
import { aSigningKey } from '../../../support/signing-key.ts'

/** The folder of the months' keys. */
export function keysDirOf(recordingsDir: string): string {
  return `${recordingsDir}-keys`
}

type Given = Pick<ServerConfig, 'databaseUrl' | 'recordingsDir'> &
  Partial<Pick<ServerConfig, 'mediaNodes' | 'recorders'>>

/** What a server of the tests is told; without any, it has no media nodes and no recorders. */
export function aServerConfig(given: Given): ServerConfig {
  return {
    host: '127.0.0.1',
    port: 3000,
    publicOrigin: 'http://localhost:3000',
    isSecure: false,
    tls: null,
    controlSecret: 'c'.repeat(32),
    grantSecret: 'g'.repeat(32),
    mediaNodes: [],
    recorders: [],
    objectStore: {
      ...ObjectStoreConfig.parse({}),
      RECORDINGS_DIR: given.recordingsDir,
    },
    // Beside it, as on a real machine: what is searched in the one is not found in the other.
    keysDir: keysDirOf(given.recordingsDir),
    keyRoot: 'e'.repeat(64),
    // The test's database has its own, from its environment.
    personKeysDir: `${keysDirOf(given.recordingsDir)}-people`,
    documentsDir: join(given.recordingsDir, 'documents'),
    documentKey: 'd'.repeat(64),
    certificateKey: aSigningKey(),
    audit: { ...AUDIT_PLACES, keyFile: anAuditKey(given.recordingsDir) },
    mail: { kind: 'folder', from: 'no-reply@visits.example' },
    mailDir: join(given.recordingsDir, 'mail'),
    turn: null,
    sms: { kind: 'folder' },
    ffmpegPath: null,
    metrics: null,
    logLevel: 'silent',
    isProduction: false,
    staffSignIn: 'demo',
    trustedProxies: [],
    terminalCertHeader: null,
    ...given,
  }
}

/** Everything that servers with these recordings have on disk. */
export async function removeFilesOf(recordingsDir: string): Promise<void> {
  await rm(recordingsDir, { recursive: true, force: true })
  await rm(keysDirOf(recordingsDir), { recursive: true, force: true })
  await removeAuditKey(recordingsDir)
}
