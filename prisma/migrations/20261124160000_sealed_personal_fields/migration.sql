-- Personal fields are sealed under a key per person that lies outside of the database (docs/privacy.md).
-- What is there already is sealed by the server's next start: SQL has no keys.

-- What they say of a clear value, the server sees to.
ALTER TABLE account DROP CONSTRAINT account_login_is_lower_case;
ALTER TABLE identity_correction DROP CONSTRAINT identity_correction_corrects_something;

ALTER TABLE identity_correction ALTER COLUMN birth_date TYPE text USING to_char(birth_date, 'YYYY-MM-DD');
ALTER TABLE identity_correction ALTER COLUMN was_birth_date TYPE text USING to_char(was_birth_date, 'YYYY-MM-DD');
ALTER TABLE inmate ALTER COLUMN birth_date TYPE text USING to_char(birth_date, 'YYYY-MM-DD');
ALTER TABLE pending_registration ALTER COLUMN birth_date TYPE text USING to_char(birth_date, 'YYYY-MM-DD');
ALTER TABLE relationship_request ALTER COLUMN birth_date TYPE text USING to_char(birth_date, 'YYYY-MM-DD');
ALTER TABLE visitor ALTER COLUMN birth_date TYPE text USING to_char(birth_date, 'YYYY-MM-DD');

-- What equal values are found by: an HMAC, empty until the row is sealed.
ALTER TABLE visitor ADD COLUMN email_index text;
ALTER TABLE account ADD COLUMN login_index text;
ALTER TABLE pending_registration ADD COLUMN email_index text;
ALTER TABLE notice ADD COLUMN address_index text;

DROP INDEX visitor_email_idx;
DROP INDEX pending_registration_email_idx;
CREATE INDEX visitor_email_index_idx ON visitor (email_index);
CREATE INDEX pending_registration_email_index_idx ON pending_registration (email_index);
CREATE INDEX notice_address_index_idx ON notice (address_index);
CREATE UNIQUE INDEX account_login_index_key ON account (login_index);

-- From now on nothing is written in clear, whoever writes; what is older is sealed at the next start.
ALTER TABLE visitor ADD CONSTRAINT visitor_birth_date_is_sealed
  CHECK (birth_date LIKE 's1.%.%') NOT VALID;
ALTER TABLE visitor ADD CONSTRAINT visitor_email_is_sealed
  CHECK (email LIKE 's1.%.%') NOT VALID;
ALTER TABLE visitor ADD CONSTRAINT visitor_phone_is_sealed
  CHECK (phone LIKE 's1.%.%') NOT VALID;
ALTER TABLE inmate ADD CONSTRAINT inmate_birth_date_is_sealed
  CHECK (birth_date LIKE 's1.%.%') NOT VALID;
ALTER TABLE account ADD CONSTRAINT account_login_is_sealed
  CHECK (login LIKE 's1.%.%') NOT VALID;
ALTER TABLE pending_registration ADD CONSTRAINT pending_registration_birth_date_is_sealed
  CHECK (birth_date LIKE 's1.%.%') NOT VALID;
ALTER TABLE pending_registration ADD CONSTRAINT pending_registration_email_is_sealed
  CHECK (email LIKE 's1.%.%') NOT VALID;
ALTER TABLE pending_registration ADD CONSTRAINT pending_registration_phone_is_sealed
  CHECK (phone LIKE 's1.%.%') NOT VALID;
ALTER TABLE identity_correction ADD CONSTRAINT identity_correction_birth_date_is_sealed
  CHECK (birth_date LIKE 's1.%.%') NOT VALID;
ALTER TABLE identity_correction ADD CONSTRAINT identity_correction_was_birth_date_is_sealed
  CHECK (was_birth_date LIKE 's1.%.%') NOT VALID;
ALTER TABLE relationship_request ADD CONSTRAINT relationship_request_birth_date_is_sealed
  CHECK (birth_date LIKE 's1.%.%') NOT VALID;
ALTER TABLE mail_code ADD CONSTRAINT mail_code_email_is_sealed
  CHECK (email LIKE 's1.%.%') NOT VALID;
ALTER TABLE notice ADD CONSTRAINT notice_address_is_sealed
  CHECK (address LIKE 's1.%.%') NOT VALID;

-- Rows that are to be sealed: none, after that start.
CREATE INDEX visitor_in_clear ON visitor (visitor_id)
  WHERE birth_date NOT LIKE 's1.%' OR email NOT LIKE 's1.%' OR phone NOT LIKE 's1.%';
CREATE INDEX inmate_in_clear ON inmate (inmate_id)
  WHERE birth_date NOT LIKE 's1.%';
CREATE INDEX account_in_clear ON account (account_id)
  WHERE login NOT LIKE 's1.%';
CREATE INDEX pending_registration_in_clear ON pending_registration (registration_id)
  WHERE birth_date NOT LIKE 's1.%' OR email NOT LIKE 's1.%' OR phone NOT LIKE 's1.%';
CREATE INDEX identity_correction_in_clear ON identity_correction (correction_id)
  WHERE birth_date NOT LIKE 's1.%' OR was_birth_date NOT LIKE 's1.%';
CREATE INDEX relationship_request_in_clear ON relationship_request (request_id)
  WHERE birth_date NOT LIKE 's1.%';
CREATE INDEX mail_code_in_clear ON mail_code (mail_code_id)
  WHERE email NOT LIKE 's1.%';
CREATE INDEX notice_in_clear ON notice (notice_id)
  WHERE address NOT LIKE 's1.%';
