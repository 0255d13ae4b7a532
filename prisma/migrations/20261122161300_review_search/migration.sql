-- Recordings are looked for by parts of names and by words of notes (RC-5): a trigram index finds a part in
-- the middle of a word, in whatever language.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE INDEX visitor_name_parts ON visitor
  USING gin (given_name gin_trgm_ops, family_name gin_trgm_ops);
CREATE INDEX review_note_text_parts ON review_note USING gin (text gin_trgm_ops);
CREATE INDEX flag_note_parts ON flag USING gin (note gin_trgm_ops);
