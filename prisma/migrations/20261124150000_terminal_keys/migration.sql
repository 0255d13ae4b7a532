-- [TR-5] A terminal is a key that its browser cannot give away, and short sessions that the key has asked for;
-- wrong PINs count for the pair of terminal and inmate, and no longer for the inmate everywhere.

ALTER TYPE task_kind ADD VALUE 'TERMINAL_ALARM';

CREATE TABLE terminal_key (
  key_id uuid PRIMARY KEY,
  terminal_id uuid NOT NULL REFERENCES terminal ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- SubjectPublicKeyInfo of a key on P-256.
  public_key bytea NOT NULL,
  -- One key is one terminal's, for ever.
  thumbprint text NOT NULL UNIQUE CHECK (thumbprint ~ '^[0-9a-f]{64}$'),
  -- Of the client certificate it was enrolled with, where the proxy asks for one.
  certificate_sha256 text CHECK (certificate_sha256 ~ '^[0-9a-f]{64}$'),
  enrolled_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  end_reason text CHECK (
    end_reason IN ('REPLACED', 'LOST', 'STOLEN', 'SUSPECTED', 'RETIRED', 'TWO_PLACES')),
  ended_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION,
  CONSTRAINT terminal_key_ended_whole CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX terminal_key_terminal_id_idx ON terminal_key (terminal_id);
CREATE UNIQUE INDEX terminal_key_one_live ON terminal_key (terminal_id) WHERE ended_at IS NULL;

CREATE TABLE device_session (
  device_session_id uuid PRIMARY KEY,
  key_id uuid NOT NULL REFERENCES terminal_key ON DELETE RESTRICT ON UPDATE NO ACTION,
  token_hash text NOT NULL UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  -- Of the secret in the memory of the page that asked; the cookie is worth nothing without it.
  page_hash text NOT NULL CHECK (page_hash ~ '^[0-9a-f]{64}$'),
  -- The session that this one went on from; null: the first one, or one that came back without it.
  before_id uuid,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  -- Null: not used yet; its answer may never have arrived.
  seen_at timestamptz(3),
  superseded_at timestamptz(3),
  -- When somebody else came with the same key while this one was in use.
  contested_at timestamptz(3)
);
CREATE INDEX device_session_key_id_idx ON device_session (key_id);
CREATE INDEX device_session_expires_at_idx ON device_session (expires_at);
CREATE UNIQUE INDEX device_session_one_current ON device_session (key_id) WHERE superseded_at IS NULL;

-- Used ones only: what a nonce is can be seen from itself.
CREATE TABLE terminal_nonce (
  nonce_hash text PRIMARY KEY CHECK (nonce_hash ~ '^[0-9a-f]{64}$'),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX terminal_nonce_expires_at_idx ON terminal_nonce (expires_at);

CREATE TABLE pin_count (
  terminal_id uuid NOT NULL REFERENCES terminal ON DELETE RESTRICT ON UPDATE NO ACTION,
  inmate_id uuid NOT NULL REFERENCES inmate ON DELETE RESTRICT ON UPDATE NO ACTION,
  failures integer NOT NULL CHECK (failures >= 0),
  since timestamptz(3) NOT NULL,
  waits_until timestamptz(3),
  PRIMARY KEY (terminal_id, inmate_id)
);
CREATE INDEX pin_count_inmate_id_idx ON pin_count (inmate_id);
CREATE INDEX pin_count_since_idx ON pin_count (since);

-- Nobody's lock ends early: it stands at each terminal of the facility until it would have ended.
INSERT INTO pin_count (terminal_id, inmate_id, failures, since, waits_until)
SELECT terminal_id, inmate_id, pin_failures, CURRENT_TIMESTAMP, pin_locked_until
FROM inmate JOIN terminal USING (facility_id)
WHERE pin_failures > 0;

ALTER TABLE inmate DROP COLUMN pin_failures, DROP COLUMN pin_locked_until;

-- A cookie that lives for a month is no proof of anything: each terminal is enrolled anew, with a key.
ALTER TABLE terminal DROP COLUMN device_token_hash;

-- [TR-5] At the commit every server hears that a terminal's key is over, and cuts the terminal's own sockets.
CREATE FUNCTION terminal_key_over_is_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('sign_in_over', NEW.terminal_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER terminal_key_over_is_told AFTER UPDATE OF ended_at ON terminal_key
  FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
  EXECUTE FUNCTION terminal_key_over_is_told();
