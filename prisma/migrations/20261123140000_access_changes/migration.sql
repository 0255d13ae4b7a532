-- [TR-3] Who gets another role, facility or person signs in anew: what was allowed before is cut at once, with its
-- sockets and media, whatever hand made the change.
CREATE FUNCTION account_changed_ends_sign_ins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE auth_session SET ended_at = greatest(created_at, now())
  WHERE account_id = NEW.account_id AND ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER account_changed_ends_sign_ins
  AFTER UPDATE OF role, facility_id, operator_id, visitor_id, officer_id, link_centre_id ON account
  FOR EACH ROW WHEN (
    (OLD.role, OLD.facility_id, OLD.operator_id, OLD.visitor_id, OLD.officer_id, OLD.link_centre_id)
    IS DISTINCT FROM
    (NEW.role, NEW.facility_id, NEW.operator_id, NEW.visitor_id, NEW.officer_id, NEW.link_centre_id))
  EXECUTE FUNCTION account_changed_ends_sign_ins();

-- [TR-3] How long a sign-in that has given a fresh proof may open its wall again without another one.
ALTER TABLE auth_session ADD COLUMN monitors_until timestamptz(3);
