-- [RC-4] A check tells every file that is not as it was sealed, and who asked for it.
ALTER TABLE recording_check
  ADD COLUMN problems jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN asked_by uuid REFERENCES account ON DELETE RESTRICT ON UPDATE NO ACTION;
CREATE INDEX recording_check_asked_by_idx ON recording_check (asked_by);

-- [RC-2] Each recording of a visit has a number of its own; the room's epoch stands beside it.
ALTER TABLE recording ADD COLUMN room_epoch integer NOT NULL DEFAULT 1;
UPDATE recording SET room_epoch = epoch;
