-- Why somebody may meet again is as much asked for later as why they might not.

ALTER TABLE restriction
  ADD COLUMN lifted_reason text;

-- [EL-7]
ALTER TABLE non_association
  ADD COLUMN lifted_by uuid,
  ADD COLUMN lifted_reason text;
