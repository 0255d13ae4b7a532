import { generateKeyPairSync } from 'node:crypto'

/** A new key for certificates, as CERTIFICATE_KEY takes it. */
export function aSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
}
