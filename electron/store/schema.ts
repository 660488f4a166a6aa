/**
 * Tables of the outbox, the journal and the draft; the first entry of the list of schemas.
 * Once released, this text is frozen: a change is another entry at the end of the list.
 *
 * Queue columns are readable without a key, so none of them may hold personal data. `body_ct`
 * and `draft.sealed` are sealed; `group_key` is a keyed hash of the citizen, for order only.
 *
 * A filing that another kiosk took in keeps its identity in `origin_kiosk_id` and `origin_seq`: the
 * portal knows it by the first, its slip by both. Both are null for the kiosk's own.
 *
 * What an erasure must destroy stands in `sealed`, whose rows never move: see `sealed-rows.ts`.
 *
 * A filing costs one transaction before its slip may be shown, so `submission` has few indexes:
 * one covers what is not erased yet, in order.
 */
export const storeSchemaSql = `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE submission (
  seq INTEGER PRIMARY KEY CHECK (seq > 0),
  client_ref TEXT NOT NULL UNIQUE CHECK (length(client_ref) = 36),
  request_id TEXT NOT NULL UNIQUE CHECK (length(request_id) BETWEEN 1 AND 64),
  group_key BLOB CHECK (length(group_key) = 32),
  procedure_code TEXT NOT NULL,
  schema_version INTEGER NOT NULL,
  portal_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('QUEUED', 'UPLOADING', 'READY', 'SENDING', 'IN_DOUBT',
    'PROCESSING', 'NEEDS_STAFF', 'ACCEPTED', 'ERASED')),
  rev INTEGER NOT NULL DEFAULT 0,
  body_sha256 BLOB NOT NULL CHECK (length(body_sha256) = 32),
  attempts INTEGER NOT NULL DEFAULT 0,
  item_failures INTEGER NOT NULL DEFAULT 0,
  next_at_ms INTEGER NOT NULL,
  lease_boot TEXT,
  lease_until_ms INTEGER,
  last_code TEXT,
  last_problem TEXT,
  captured_at_ms INTEGER NOT NULL,
  clock_offset_ms INTEGER,
  boot_id TEXT,
  mono_ms INTEGER,
  receipt_json TEXT,
  dossier_code TEXT,
  acked_at_ms INTEGER,
  erased_at_ms INTEGER,
  depends_on TEXT REFERENCES submission (client_ref),
  origin_kiosk_id TEXT,
  origin_seq INTEGER CHECK (origin_seq > 0),
  sealed_id INTEGER,
  CHECK (state <> 'ACCEPTED' OR receipt_json IS NOT NULL),
  CHECK (CASE state WHEN 'ERASED'
    THEN sealed_id IS NULL AND group_key IS NULL
    ELSE sealed_id IS NOT NULL AND group_key IS NOT NULL END),
  CHECK ((origin_kiosk_id IS NULL) = (origin_seq IS NULL))
) STRICT;
CREATE INDEX submission_live ON submission (seq, state, next_at_ms, group_key)
  WHERE group_key IS NOT NULL;
CREATE INDEX submission_dependent ON submission (depends_on) WHERE depends_on IS NOT NULL;

CREATE TABLE sealed (
  id INTEGER PRIMARY KEY,
  kek_id TEXT NOT NULL,
  dek_wrapped BLOB NOT NULL,
  dek_recovery BLOB,
  body_ct BLOB NOT NULL
) STRICT;

CREATE TABLE attachment (
  client_ref TEXT NOT NULL REFERENCES submission (client_ref),
  id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  state TEXT NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'COMPLETE')),
  upload_url TEXT,
  upload_offset INTEGER NOT NULL DEFAULT 0,
  stalls INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (client_ref, id),
  UNIQUE (client_ref, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  client_ref TEXT NOT NULL REFERENCES submission (client_ref),
  kind TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  outcome TEXT,
  http_status INTEGER,
  problem_type TEXT,
  bytes INTEGER,
  request_no INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_by_ref ON attempt (client_ref);

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  client_ref TEXT,
  actor TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT,
  reason TEXT,
  at_ms INTEGER NOT NULL,
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER event_keeps_rows BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER event_keeps_values BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE breaker (
  portal_id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  opened_ms INTEGER,
  reason TEXT,
  next_probe_ms INTEGER
) STRICT;

CREATE TABLE draft (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sealed BLOB NOT NULL,
  dek_wrapped BLOB NOT NULL,
  kek_id TEXT NOT NULL,
  saved_at_ms INTEGER NOT NULL
) STRICT;
`
