-- A lawyer's visit, or one where nothing is counted, neither counts as had nor is given back.
ALTER TABLE visit_receipt ADD COLUMN is_counted boolean NOT NULL DEFAULT true;
