import { Fault } from '@visavis/contract/errors'
import { Client, escapeIdentifier, escapeLiteral } from 'pg'

/** Tables of evidence: rows are added and read, and that is all (TR-2). */
const EVIDENCE = [
  'audit_entry',
  'audit_tree_node',
  'audit_checkpoint',
  'audit_shipment',
  'audit_cosignature',
  'audit_key',
  'audit_time_stamp',
  'audit_verification',
]

/** Written by migrations alone. */
const BOOKS = '_prisma_migrations'

/**
 * Makes the role that the server runs with, by its address `appUrl` (name and password), in the database at `ownerUrl`:
 * it reads and writes rows, owns nothing but its jobs, and can only add to and read the tables of evidence. Safe to run
 * again, and to be run after each migration. Throws a Fault when the address names no role with a password, or the owner.
 */
export async function grantAppRole(ownerUrl: string, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl)
  const [name, secret] = [decodeURIComponent(username), decodeURIComponent(password)]
  if (name === '' || secret === '' || name === decodeURIComponent(new URL(ownerUrl).username)) {
    throw new Fault(
      'APP_DATABASE_URL must name a role with a password, and another than DATABASE_URL',
    )
  }
  const client = new Client({ connectionString: ownerUrl, application_name: 'visavis-migrate' })
  await client.connect()
  try {
    await makeRole(client, name, secret)
    await client.query('BEGIN')
    await client.query(grants(escapeIdentifier(name)))
    await client.query(jobsOf(escapeIdentifier(name)))
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

async function makeRole(client: Client, name: string, secret: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  const verb = found.rowCount ? 'ALTER' : 'CREATE'
  const limits = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
  await client.query(
    `${verb} ROLE ${escapeIdentifier(name)} ${limits} PASSWORD ${escapeLiteral(secret)}`,
  )
}

function grants(role: string): string {
  const evidence = EVIDENCE.join(', ')
  return `
    DO $$ BEGIN
      EXECUTE format('GRANT CONNECT, TEMPORARY, CREATE ON DATABASE %I TO ${role}', current_database());
    END $$;
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
    GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role};
    REVOKE ALL ON ${evidence}, ${BOOKS} FROM ${role};
    GRANT SELECT, INSERT ON ${evidence} TO ${role};
    GRANT SELECT ON ${BOOKS} TO ${role};`
}

/** The jobs' schema is the server's own: it makes it and brings it up to date by itself. */
function jobsOf(role: string): string {
  return `
    DO $$ DECLARE
      it record;
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'pgboss') THEN RETURN; END IF;
      ALTER SCHEMA pgboss OWNER TO ${role};
      FOR it IN SELECT oid::regclass AS name FROM pg_class
          WHERE relnamespace = 'pgboss'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
          ORDER BY relkind = 'S' LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO ${role}', it.name);
      END LOOP;
      FOR it IN SELECT oid::regprocedure AS name FROM pg_proc
          WHERE pronamespace = 'pgboss'::regnamespace LOOP
        EXECUTE format('ALTER ROUTINE %s OWNER TO ${role}', it.name);
      END LOOP;
      FOR it IN SELECT oid::regtype AS name FROM pg_type
          WHERE typnamespace = 'pgboss'::regnamespace AND typtype = 'e' LOOP
        EXECUTE format('ALTER TYPE %s OWNER TO ${role}', it.name);
      END LOOP;
    END $$;`
}
