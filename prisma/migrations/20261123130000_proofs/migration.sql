-- What people prove with who they are: passkeys, codes of an app, recovery codes, codes by mail and by an
-- administrator; how a sign-in came about; and how often somebody has guessed.

ALTER TYPE task_kind ADD VALUE 'SIGN_IN_ALARM';

CREATE TYPE sign_in_method AS ENUM
  ('PASSWORD', 'PASSKEY', 'PASSWORD_TOTP', 'PASSWORD_RECOVERY_CODE', 'SET_UP_CODE', 'ROOM_CODE');
CREATE TYPE sign_in_stage AS ENUM ('FULL', 'SECOND_FACTOR', 'SET_UP');

-- Null: no password was ever set, or it was taken away by a reset.
ALTER TABLE account
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD COLUMN password_changed_at timestamptz(3),
  ADD COLUMN email_proved_at timestamptz(3);

-- Whoever registered as a visitor did it through a link in a mail to this address.
UPDATE account SET email_proved_at = created_at WHERE role = 'visitor';

ALTER TABLE auth_session
  ADD COLUMN method sign_in_method NOT NULL DEFAULT 'PASSWORD',
  ADD COLUMN stage sign_in_stage NOT NULL DEFAULT 'FULL',
  ADD COLUMN proved_at timestamptz(3),
  ADD COLUMN is_user_verified boolean NOT NULL DEFAULT false,
  ADD COLUMN is_break_glass boolean NOT NULL DEFAULT false,
  ADD COLUMN browser text,
  ADD COLUMN system text,
  ADD CONSTRAINT auth_session_unfinished_is_an_account CHECK (stage = 'FULL' OR account_id IS NOT NULL);

CREATE TABLE passkey (
  passkey_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  credential_id text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL CHECK (counter >= 0),
  transports text[] NOT NULL DEFAULT '{}',
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  is_backed_up boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  last_used_at timestamptz(3)
);
CREATE INDEX passkey_account_id_idx ON passkey (account_id);

-- A challenge belongs to the browser or the sign-in that asked for it, and is used up by its first answer.
CREATE TABLE passkey_challenge (
  challenge text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('CREATE', 'SIGN_IN', 'PROVE')),
  browser_hash text,
  auth_session_id uuid REFERENCES auth_session ON DELETE RESTRICT ON UPDATE NO ACTION,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  CONSTRAINT passkey_challenge_is_bound CHECK (num_nonnulls(browser_hash, auth_session_id) = 1)
);
CREATE INDEX passkey_challenge_expires_at_idx ON passkey_challenge (expires_at);
CREATE INDEX passkey_challenge_auth_session_id_idx ON passkey_challenge (auth_session_id);

-- The secret is sealed under a key that is not in the database.
CREATE TABLE totp (
  account_id uuid PRIMARY KEY REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  sealed_secret bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  confirmed_at timestamptz(3),
  -- The newest step whose code was taken: no code works twice.
  last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE recovery_code (
  recovery_code_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  code_hash text NOT NULL CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  used_at timestamptz(3),
  UNIQUE (account_id, code_hash)
);

CREATE TABLE set_up_code (
  set_up_code_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  code_hash text NOT NULL UNIQUE CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  created_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
CREATE INDEX set_up_code_account_id_idx ON set_up_code (account_id);

-- Six digits by mail. A row is also made for an address that nobody has: the work is the same (EL-2).
CREATE TABLE mail_code (
  mail_code_id uuid PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('RECOVERY', 'ADDRESS')),
  account_id uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- Of an address that is to be proved.
  email text,
  -- Keyed, not plain: there are a million of them only.
  code_hash text NOT NULL CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  browser_hash text NOT NULL CHECK (browser_hash ~ '^[0-9a-f]{64}$'),
  tries integer NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  expires_at timestamptz(3) NOT NULL,
  proved_at timestamptz(3),
  -- From when on the account opens without a second proof; null: it needs none.
  opens_at timestamptz(3),
  used_at timestamptz(3),
  cancelled_at timestamptz(3),
  CONSTRAINT mail_code_address_has_one CHECK ((purpose = 'ADDRESS') = (email IS NOT NULL))
);
CREATE INDEX mail_code_account_id_idx ON mail_code (account_id);
CREATE INDEX mail_code_browser_hash_idx ON mail_code (browser_hash);
CREATE INDEX mail_code_expires_at_idx ON mail_code (expires_at);

-- All proofs of a member of staff are taken away by two people.
CREATE TABLE account_reset (
  reset_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  reason text NOT NULL,
  asked_by uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  asked_at timestamptz(3) NOT NULL,
  decided_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  decided_at timestamptz(3),
  is_approved boolean,
  CONSTRAINT account_reset_takes_two CHECK (
    decided_by IS NULL OR (decided_by <> asked_by AND decided_by <> account_id)),
  CONSTRAINT account_reset_not_ones_own CHECK (asked_by <> account_id),
  CONSTRAINT account_reset_decided_whole CHECK (
    num_nonnulls(decided_by, decided_at, is_approved) IN (0, 3))
);
CREATE UNIQUE INDEX account_reset_one_open ON account_reset (account_id) WHERE decided_at IS NULL;
CREATE INDEX account_reset_account_id_idx ON account_reset (account_id);

-- Who tried to sign in; the person reads it of the own account.
CREATE TABLE sign_in_try (
  sign_in_try_id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  method sign_in_method NOT NULL,
  is_allowed boolean NOT NULL,
  at timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_try_account_id_at_idx ON sign_in_try (account_id, at);

-- How often it was wrong: by login, by network, by both, by known browser. Keys are hashed: no address is kept.
CREATE TABLE sign_in_count (
  key text PRIMARY KEY CHECK (key ~ '^[0-9a-f]{64}$'),
  failures integer NOT NULL CHECK (failures >= 0),
  since timestamptz(3) NOT NULL,
  waits_until timestamptz(3)
);
CREATE INDEX sign_in_count_since_idx ON sign_in_count (since);

-- [TR-3] A disabled account has no sign-in that goes on, whoever disabled it.
CREATE FUNCTION account_disabled_ends_sign_ins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE auth_session SET ended_at = NEW.disabled_at
  WHERE account_id = NEW.account_id AND ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER account_disabled_ends_sign_ins AFTER UPDATE OF disabled_at ON account
  FOR EACH ROW WHEN (OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL)
  EXECUTE FUNCTION account_disabled_ends_sign_ins();

-- [TR-3] At the commit every server hears that a sign-in is over, or has another token, and cuts its sockets.
CREATE FUNCTION auth_session_is_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('sign_in_over', NEW.auth_session_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER auth_session_is_told AFTER UPDATE OF ended_at, token_hash ON auth_session
  FOR EACH ROW WHEN (
    (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) OR OLD.token_hash <> NEW.token_hash)
  EXECUTE FUNCTION auth_session_is_told();
