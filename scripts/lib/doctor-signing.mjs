import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { auditKeyFile, verifierKeyOf } from './audit-key.mjs'
import { haveSecrets, loadSecrets } from './secrets.mjs'

const NAME = 'Key of certificates'
const CURE = 'set CERTIFICATE_KEY to what `openssl genpkey -algorithm ed25519` prints'

/** SHA-256 of the raw public key, as certificates and the verifier show it. @param {string} text */
const fingerprintOf = (text) => {
  const key = text.includes('-----BEGIN')
    ? createPrivateKey(text.replaceAll('\\n', '\n'))
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  const hex = createHash('sha256')
    .update(Buffer.from(x ?? '', 'base64url'))
    .digest('hex')
  return hex.match(/.{4}/g)?.join(' ') ?? hex
}

/**
 * The fingerprint to publish, so that certificates can be checked without us.
 * @param {NodeJS.ProcessEnv} env @returns {import('./doctor-checks.mjs').Finding[]}
 */
export const signingKeyFindings = (env) => {
  const text = env.CERTIFICATE_KEY || (haveSecrets() ? loadSecrets().certificateKey : '')
  if (!text) return []
  try {
    return [{ name: NAME, state: 'ok', found: fingerprintOf(text) }]
  } catch {
    return [{ name: NAME, state: 'bad', found: 'no Ed25519 private key', cure: CURE }]
  }
}

const AUDIT_NAME = 'Key of the audit log'
/** Who else may read it: nobody. */
const OTHERS = 0o077

/**
 * The verifier key to publish, so that the audit log can be checked without us.
 * @param {NodeJS.ProcessEnv} env @param {string} origin @returns {import('./doctor-checks.mjs').Finding[]}
 */
export const auditKeyFindings = (env, origin) => {
  const file = env.AUDIT_KEY_FILE || auditKeyFile()
  if (!existsSync(file)) return []
  if (statSync(file).mode & OTHERS) {
    const cure = `chmod 400 ${file}`
    return [{ name: AUDIT_NAME, state: 'bad', found: `others may read ${file}`, cure }]
  }
  try {
    return [{ name: AUDIT_NAME, state: 'ok', found: verifierKeyOf(file, origin) }]
  } catch {
    const cure = `put an Ed25519 key (PEM) into ${file}`
    return [{ name: AUDIT_NAME, state: 'bad', found: 'no Ed25519 private key', cure }]
  }
}
