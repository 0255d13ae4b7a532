-- [LV-5] Time added at the end because the facility let the visit begin late; no part of what was booked.
ALTER TABLE visit_session ADD COLUMN made_up_ms integer NOT NULL DEFAULT 0;
ALTER TABLE visit_session ADD CONSTRAINT visit_session_made_up CHECK (made_up_ms >= 0);
ALTER TABLE visit_receipt ADD COLUMN made_up_ms integer NOT NULL DEFAULT 0;
ALTER TABLE visit_receipt ADD CONSTRAINT visit_receipt_made_up CHECK (made_up_ms >= 0);
