-- [OV-4] What an officer reads, speaks or signs, best first: BCP 47 tags, sign languages among them.
ALTER TABLE officer ADD COLUMN languages text[] NOT NULL DEFAULT '{}';
ALTER TABLE officer ADD CONSTRAINT officer_languages_few CHECK (cardinality(languages) <= 12);
