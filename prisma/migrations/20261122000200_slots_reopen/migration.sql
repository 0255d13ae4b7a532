-- [BK-7] A template that now makes longer slots, or slots of another class, closes the old ones with their
-- visits in them and offers new ones at the same time: only open slots are one a template and start.
ALTER TABLE slot DROP CONSTRAINT slot_template_id_starts_at_key;
CREATE UNIQUE INDEX slot_open_once ON slot (template_id, starts_at) WHERE closed_at IS NULL;
CREATE INDEX slot_template_id_starts_at_idx ON slot (template_id, starts_at);
