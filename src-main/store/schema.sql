CREATE TRIGGER condition_secret_left AFTER DELETE ON condition_secret BEGIN
  DELETE FROM secret WHERE reference = old.reference
    AND NOT EXISTS (SELECT 1 FROM condition_secret WHERE reference = old.reference)
    AND NOT EXISTS (SELECT 1 FROM run_secret WHERE reference = old.reference);
END;

CREATE TRIGGER failure_text_added AFTER INSERT ON failure_text BEGIN
  INSERT INTO failure_text_index (rowid, text) VALUES (new.id, new.text);
END;

CREATE TRIGGER failure_text_deleted AFTER DELETE ON failure_text BEGIN
  INSERT INTO failure_text_index (failure_text_index, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TRIGGER hub_wish_moved AFTER UPDATE OF revision ON reservation
  WHEN EXISTS (SELECT 1 FROM hub_wish WHERE id = NEW.id)
  BEGIN UPDATE hub_wish SET dirty = 1 WHERE id = NEW.id; END;

CREATE TRIGGER result_name_added AFTER INSERT ON result_name BEGIN
  INSERT INTO result_name_index (rowid, long_name) VALUES (new.id, new.long_name);
END;

CREATE TRIGGER result_name_deleted AFTER DELETE ON result_name BEGIN
  INSERT INTO result_name_index (result_name_index, rowid, long_name) VALUES ('delete', old.id, old.long_name);
END;

CREATE TRIGGER run_library_added AFTER INSERT ON run WHEN new.libraries <> '[]' BEGIN
  INSERT OR IGNORE INTO run_library (name, version, run)
    SELECT value ->> 'name', value ->> 'version', new.number FROM json_each(new.libraries)
    WHERE value ->> 'name' IS NOT NULL AND value ->> 'version' IS NOT NULL;
END;

CREATE TRIGGER run_library_changed AFTER UPDATE OF libraries ON run BEGIN
  DELETE FROM run_library WHERE run = new.number;
  INSERT OR IGNORE INTO run_library (name, version, run)
    SELECT value ->> 'name', value ->> 'version', new.number FROM json_each(new.libraries)
    WHERE value ->> 'name' IS NOT NULL AND value ->> 'version' IS NOT NULL;
END;

CREATE TRIGGER run_search_deleted AFTER DELETE ON run_search BEGIN
  DELETE FROM text_set WHERE id = old.name_set AND NOT EXISTS (SELECT 1 FROM run_search WHERE name_set = old.name_set);
  DELETE FROM text_set WHERE id = old.failure_set AND NOT EXISTS (SELECT 1 FROM run_search WHERE failure_set = old.failure_set);
END;

CREATE TRIGGER run_secret_left AFTER DELETE ON run_secret BEGIN
  DELETE FROM secret WHERE reference = old.reference
    AND NOT EXISTS (SELECT 1 FROM condition_secret WHERE reference = old.reference)
    AND NOT EXISTS (SELECT 1 FROM run_secret WHERE reference = old.reference);
END;

CREATE TABLE condition_secret (
  condition_id TEXT NOT NULL REFERENCES test_condition (id) ON DELETE CASCADE,
  reference TEXT NOT NULL,
  PRIMARY KEY (condition_id, reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE discovery (
  revision TEXT NOT NULL REFERENCES revision (hash) ON DELETE CASCADE,
  robot_version TEXT NOT NULL,
  schema INTEGER NOT NULL,
  content TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  PRIMARY KEY (revision, robot_version, schema)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
  test_data_id TEXT NOT NULL REFERENCES test_data (id) ON DELETE CASCADE,
  person TEXT NOT NULL,
  path TEXT NOT NULL,
  base TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (test_data_id, person, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE environment_lock (
  hash TEXT PRIMARY KEY,
  robot_version TEXT NOT NULL,
  python_version TEXT NOT NULL,
  platform TEXT NOT NULL,
  packages TEXT NOT NULL CHECK (json_valid(packages)),
  solved_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  damage TEXT CHECK (json_valid(damage))
) STRICT, WITHOUT ROWID;

CREATE TABLE environment_set (
  set_key TEXT PRIMARY KEY,
  lock_hash TEXT NOT NULL REFERENCES environment_lock (hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE environment_wheel (
  sha256 TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  file_name TEXT NOT NULL,
  built_from TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE failure_text (
  id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  text TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE failure_text_index USING fts5 (text, content = 'failure_text', content_rowid = 'id', tokenize = 'trigram');

CREATE TABLE 'failure_text_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'failure_text_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'failure_text_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'failure_text_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE VIRTUAL TABLE failure_text_term USING fts5vocab(failure_text_index, row);

CREATE TABLE fence (
  sut_id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  token TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
  sut_id TEXT PRIMARY KEY,
  reservation INTEGER NOT NULL REFERENCES reservation (number)
) STRICT, WITHOUT ROWID;

CREATE TABLE hub (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  url TEXT NOT NULL,
  hub_name TEXT NOT NULL,
  harness_id TEXT NOT NULL,
  key_reference TEXT NOT NULL,
  public_key TEXT NOT NULL,
  machine_mark TEXT NOT NULL,
  store_gen TEXT NOT NULL,
  incarnation INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('ok', 'notApproved', 'copied', 'fenced', 'revoked')),
  acked INTEGER NOT NULL DEFAULT 0,
  mail_gen TEXT,
  mail_seq INTEGER NOT NULL DEFAULT 0,
  mail_chain TEXT NOT NULL DEFAULT '',
  paused INTEGER NOT NULL DEFAULT 0,
  enrolled_at INTEGER NOT NULL,
  last_up_at INTEGER
, runs_allowed INTEGER NOT NULL DEFAULT 0, bring TEXT, told_policy TEXT, consoles TEXT NOT NULL DEFAULT 'nothing' CHECK (consoles IN ('nothing', 'read', 'write'))) STRICT;

CREATE TABLE hub_content (
  sha256 TEXT PRIMARY KEY,
  test_data_id TEXT NOT NULL,
  revision TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hub_library (
  sha256 TEXT PRIMARY KEY,
  library_id TEXT NOT NULL,
  version_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hub_outbox (
  seq INTEGER PRIMARY KEY,
  nonce TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  chain TEXT NOT NULL,
  written_at INTEGER NOT NULL
) STRICT;

CREATE TABLE hub_person_off (person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE hub_run (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  wish TEXT CHECK (json_valid(wish)),
  run_id TEXT,
  refused TEXT CHECK (json_valid(refused)),
  stop TEXT CHECK (stop IN ('asked', 'now', 'done')),
  revision INTEGER NOT NULL DEFAULT 0,
  told TEXT NOT NULL DEFAULT '',
  published INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE hub_share_limit (
  sut_id TEXT PRIMARY KEY REFERENCES sut (id) ON DELETE CASCADE,
  limits TEXT NOT NULL CHECK (json_valid(limits))
) STRICT, WITHOUT ROWID;

CREATE TABLE hub_shared_sut (sut_id TEXT PRIMARY KEY REFERENCES sut (id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;

CREATE TABLE hub_told_sut (sut_id TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE hub_wish (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL,
  refused TEXT CHECK (json_valid(refused)),
  dirty INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE image (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  revision TEXT NOT NULL,
  label_key TEXT NOT NULL UNIQUE,
  category TEXT NOT NULL,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  description TEXT NOT NULL CHECK (json_valid(description)),
  origin TEXT NOT NULL,
  expected INTEGER NOT NULL CHECK (expected IN (0, 1)),
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE image_arrival (
  id TEXT PRIMARY KEY,
  words TEXT NOT NULL CHECK (json_valid(words)),
  url TEXT NOT NULL,
  checksum_url TEXT,
  state TEXT NOT NULL CHECK (state IN ('fetching', 'paused', 'failed')),
  note TEXT,
  validator TEXT,
  total INTEGER,
  started_at INTEGER NOT NULL,
  started_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE installed (
  sut_id TEXT PRIMARY KEY REFERENCES sut (id) ON DELETE CASCADE,
  image_name TEXT,
  image_sha256 TEXT,
  recipe TEXT NOT NULL,
  recipe_sha256 TEXT NOT NULL,
  answers_sha256 TEXT,
  at INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  dirty_since INTEGER,
  CHECK ((image_name IS NULL) = (image_sha256 IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE keyword_documentation (
  environment TEXT NOT NULL,
  library TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (environment, library)
) STRICT, WITHOUT ROWID;

CREATE TABLE known_failure (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  message TEXT NOT NULL,
  test TEXT NOT NULL,
  sut TEXT NOT NULL,
  issue TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  last_match_at INTEGER,
  clear_runs INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE known_failure_match (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  rule TEXT NOT NULL REFERENCES known_failure (id) ON DELETE CASCADE,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE known_failure_test (
  rule TEXT NOT NULL REFERENCES known_failure (id) ON DELETE CASCADE,
  name_id INTEGER NOT NULL REFERENCES result_name (id),
  PRIMARY KEY (rule, name_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
  sut_id TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (number),
  epoch INTEGER NOT NULL,
  token TEXT NOT NULL,
  taken_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE library (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  import_names TEXT NOT NULL CHECK (json_valid(import_names)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE library_folder_file (
  folder TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (folder, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE library_media (
  id TEXT PRIMARY KEY,
  sut_id TEXT NOT NULL REFERENCES sut (id) ON DELETE CASCADE,
  drive TEXT,
  image TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  address TEXT NOT NULL,
  run_id TEXT,
  inserted_at INTEGER NOT NULL
) STRICT;

CREATE TABLE library_version (
  id TEXT PRIMARY KEY,
  library_id TEXT NOT NULL REFERENCES library (id) ON DELETE CASCADE,
  version TEXT NOT NULL,
  source TEXT NOT NULL,
  requirement TEXT,
  sha256 TEXT,
  file_name TEXT,
  origin TEXT NOT NULL,
  size INTEGER,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  CHECK ((sha256 IS NULL) = (requirement IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE matrix (
  id TEXT PRIMARY KEY,
  request_key TEXT UNIQUE,
  name TEXT NOT NULL,
  grid TEXT NOT NULL CHECK (json_valid(grid)),
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE matrix_run (
  matrix_id TEXT NOT NULL REFERENCES matrix (id) ON DELETE CASCADE,
  cell_row INTEGER NOT NULL,
  cell_column INTEGER NOT NULL,
  run_id TEXT NOT NULL,
  PRIMARY KEY (matrix_id, cell_row, cell_column)
) STRICT, WITHOUT ROWID;

CREATE TABLE notification_channel (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  told_of TEXT NOT NULL CHECK (json_valid(told_of)),
  plan_id TEXT,
  enabled INTEGER NOT NULL,
  host TEXT NOT NULL,
  signed INTEGER NOT NULL,
  secret TEXT NOT NULL,
  mail TEXT CHECK (json_valid(mail)),
  made_by TEXT NOT NULL,
  looked_at INTEGER NOT NULL
) STRICT;

CREATE TABLE notification_delivery (
  id TEXT PRIMARY KEY,
  channel_id TEXT NOT NULL REFERENCES notification_channel (id) ON DELETE CASCADE,
  run_id TEXT NOT NULL,
  run_name TEXT NOT NULL,
  verdict TEXT,
  told_of TEXT NOT NULL CHECK (json_valid(told_of)),
  body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  tries INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER,
  next_at INTEGER,
  problem TEXT,
  UNIQUE (channel_id, run_id)
) STRICT;

CREATE TABLE person (
  name_key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  contact TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_content (
  sha256 TEXT PRIMARY KEY,
  content TEXT NOT NULL CHECK (json_valid(content))
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_version (
  plan_id TEXT NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL REFERENCES plan_content (sha256),
  saved_at INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  PRIMARY KEY (plan_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE provisioning (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  sut_id TEXT NOT NULL,
  sut_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'skipped', 'failed', 'stopped')),
  note TEXT,
  round INTEGER NOT NULL DEFAULT 1,
  answers_sha256 TEXT,
  fetched_bytes INTEGER,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  PRIMARY KEY (run, sut_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE provisioning_step (
  run INTEGER NOT NULL,
  sut_id TEXT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('recipe', 'undo')),
  ordinal INTEGER NOT NULL,
  what TEXT NOT NULL,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER,
  ended_at INTEGER,
  note TEXT,
  PRIMARY KEY (run, sut_id, part, ordinal),
  FOREIGN KEY (run, sut_id) REFERENCES provisioning (run, sut_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE refused_login (
  endpoint TEXT PRIMARY KEY,
  mark TEXT NOT NULL,
  refusals INTEGER NOT NULL CHECK (refusals > 0),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reservation (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  holder TEXT NOT NULL CHECK (holder <> ''),
  requested_by TEXT NOT NULL,
  need TEXT CHECK (json_valid(need)),
  purpose TEXT NOT NULL DEFAULT '',
  priority INTEGER NOT NULL DEFAULT 0,
  if_busy TEXT NOT NULL DEFAULT 'wait' CHECK (if_busy IN ('wait', 'refuse')),
  at_end TEXT NOT NULL DEFAULT 'nothing' CHECK (at_end IN ('nothing', 'powerOff')),
  state TEXT NOT NULL DEFAULT 'requested',
  reason_code TEXT,
  reason TEXT,
  wanted_begin INTEGER,
  duration_ms INTEGER,
  begin_at INTEGER,
  end_at INTEGER,
  answer_by INTEGER,
  gap_until INTEGER,
  waiting TEXT CHECK (json_valid(waiting)),
  ends_with_runs INTEGER NOT NULL DEFAULT 0,
  reminded_at INTEGER,
  requested_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL, end_provision TEXT CHECK (json_valid(end_provision)), prepares TEXT CHECK (json_valid(prepares)),
  CHECK ((state IN ('granted', 'active', 'ending')) <= (begin_at IS NOT NULL)),
  CHECK ((reason_code IS NULL) = (reason IS NULL))
) STRICT;

CREATE TABLE reservation_sut (
  reservation INTEGER NOT NULL REFERENCES reservation (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  sut_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (reservation, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE result_name (
  id INTEGER PRIMARY KEY,
  long_name TEXT NOT NULL UNIQUE
) STRICT;

CREATE VIRTUAL TABLE result_name_index USING fts5 (long_name, content = 'result_name', content_rowid = 'id', tokenize = 'trigram');

CREATE TABLE 'result_name_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'result_name_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'result_name_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'result_name_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE revision (
  hash TEXT PRIMARY KEY,
  file_count INTEGER NOT NULL,
  size INTEGER NOT NULL,
  suite_count INTEGER NOT NULL DEFAULT 0,
  case_count INTEGER NOT NULL DEFAULT 0,
  error_count INTEGER NOT NULL DEFAULT 0
, counted INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE revision_leaving (
  hash TEXT PRIMARY KEY,
  discovery TEXT NOT NULL CHECK (json_valid(discovery))
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  request_key TEXT UNIQUE,
  name TEXT NOT NULL,
  test_data_id TEXT REFERENCES test_data (id),
  revision TEXT NOT NULL,
  suts TEXT NOT NULL CHECK (json_valid(suts)),
  suts_sha256 TEXT,
  condition TEXT,
  condition_sha256 TEXT,
  series_key TEXT NOT NULL,
  started_by TEXT NOT NULL,
  rerun_of TEXT REFERENCES run (id) ON DELETE SET NULL,
  selection TEXT NOT NULL CHECK (json_valid(selection)),
  options TEXT NOT NULL CHECK (json_valid(options)),
  failed_only INTEGER NOT NULL DEFAULT 0,
  priority INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'queued',
  verdict TEXT,
  cause TEXT,
  passed INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  not_run INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  happened TEXT,
  queue_position INTEGER,
  overtaken INTEGER NOT NULL DEFAULT 0,
  expected_ms INTEGER,
  stop_requested_at INTEGER,
  stop_by TEXT,
  stop_reason TEXT,
  stop_now INTEGER NOT NULL DEFAULT 0,
  stop_step TEXT,
  stop_next_step_at INTEGER,
  failure_code TEXT,
  failure_message TEXT,
  important INTEGER NOT NULL DEFAULT 0,
  robot_version TEXT,
  python_version TEXT,
  rebuilt INTEGER NOT NULL DEFAULT 0, skipped_phases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(skipped_phases)), libraries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(libraries)), lock_hash TEXT, plan_id TEXT, plan_name TEXT, plan_sha256 TEXT, test_order TEXT CHECK (json_valid(test_order)), retry_times INTEGER NOT NULL DEFAULT 0, imported_at INTEGER, imported_from TEXT, secrets_to_supply TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(secrets_to_supply)), provisioning TEXT CHECK (json_valid(provisioning)), turn INTEGER, purpose TEXT NOT NULL DEFAULT 'test' CHECK (purpose IN ('test', 'provision')),
  CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
  CHECK ((state = 'ended') = (verdict IS NOT NULL))
) STRICT;

CREATE TABLE run_exclusion (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  name_id INTEGER NOT NULL REFERENCES result_name (id),
  PRIMARY KEY (run, name_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_library (
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  PRIMARY KEY (name, run, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_part_removed (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  part TEXT NOT NULL CHECK (part IN ('report', 'record', 'console')),
  removed_at INTEGER NOT NULL,
  PRIMARY KEY (run, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_phase (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT NOT NULL,
  note TEXT,
  expected_ms INTEGER,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_result (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name_id INTEGER NOT NULL REFERENCES result_name (id),
  item INTEGER NOT NULL,
  status TEXT NOT NULL,
  elapsed INTEGER,
  message TEXT,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_search (
  run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE,
  words TEXT NOT NULL,
  name_set INTEGER REFERENCES text_set (id),
  failure_set INTEGER REFERENCES text_set (id)
) STRICT;

CREATE TABLE run_secret (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  name TEXT NOT NULL,
  reference TEXT NOT NULL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_size (
  run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE,
  report INTEGER NOT NULL,
  record INTEGER NOT NULL,
  console INTEGER NOT NULL,
  other INTEGER NOT NULL
) STRICT;

CREATE TABLE run_sut (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  sut_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_trigger (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  condition_id TEXT,
  suts TEXT NOT NULL CHECK (json_valid(suts)),
  proof TEXT NOT NULL,
  conditions TEXT NOT NULL CHECK (json_valid(conditions)),
  variables TEXT NOT NULL CHECK (json_valid(variables)),
  enabled INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  secret TEXT,
  secret_made_at INTEGER NOT NULL,
  stranger_at INTEGER
) STRICT;

CREATE TABLE run_trigger_delivery (
  id TEXT PRIMARY KEY,
  trigger_id TEXT NOT NULL REFERENCES run_trigger (id) ON DELETE CASCADE,
  key TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  run_id TEXT,
  problem TEXT,
  UNIQUE (trigger_id, key)
) STRICT;

CREATE TABLE run_usage (
  run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE,
  samples TEXT NOT NULL CHECK (json_valid(samples))
) STRICT;

CREATE TABLE schedule (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  cron TEXT NOT NULL,
  zone TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  condition_id TEXT,
  suts TEXT NOT NULL CHECK (json_valid(suts)),
  missed TEXT NOT NULL,
  enabled INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  due_at INTEGER,
  last_at INTEGER,
  last_run_id TEXT,
  problem TEXT
) STRICT;

CREATE TABLE schema_migration (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;

CREATE TABLE secret (
  reference TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE secret_vault (
  backend TEXT PRIMARY KEY,
  salt BLOB NOT NULL,
  sealed_check BLOB NOT NULL
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE sut (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('sut', 'environment')),
  information TEXT NOT NULL CHECK (json_valid(information)),
  tags TEXT NOT NULL CHECK (json_valid(tags)),
  maintained_by TEXT NOT NULL CHECK (maintained_by <> ''),
  reserved_by TEXT,
  reserved_since INTEGER,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL, parent_id TEXT REFERENCES sut (id) ON DELETE SET NULL, endpoints TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(endpoints)), identity TEXT CHECK (json_valid(identity)), card TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(card)), maintenance TEXT CHECK (json_valid(maintenance)), quarantine TEXT CHECK (json_valid(quarantine)),
  CHECK ((reserved_by IS NULL) = (reserved_since IS NULL))
) STRICT;

CREATE TABLE sut_event (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  sut_id TEXT NOT NULL REFERENCES sut (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'failed', 'refused', 'underway', 'unknown', 'noted')),
  message TEXT,
  provider TEXT,
  took_ms REAL,
  attempts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(attempts))
) STRICT;

CREATE TABLE test_condition (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  doc TEXT NOT NULL,
  parent_id TEXT REFERENCES test_condition (id),
  variables TEXT NOT NULL CHECK (json_valid(variables)),
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE test_data (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
, suite_name TEXT NOT NULL DEFAULT 'Suites', author TEXT NOT NULL DEFAULT '', archived_at INTEGER, copied_from TEXT CHECK (copied_from IS NULL OR json_valid(copied_from))) STRICT;

CREATE TABLE test_data_library (
  test_data_id TEXT NOT NULL REFERENCES test_data (id) ON DELETE CASCADE,
  library_id TEXT NOT NULL REFERENCES library (id),
  version_id TEXT REFERENCES library_version (id),
  PRIMARY KEY (test_data_id, library_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE test_data_link (
  test_data_id TEXT PRIMARY KEY REFERENCES test_data (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  ref TEXT,
  subfolder TEXT,
  state TEXT NOT NULL DEFAULT 'unknown',
  checked_at INTEGER,
  newer TEXT CHECK (newer IS NULL OR json_valid(newer)),
  problem TEXT
, taken TEXT, taken_at INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE test_data_revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  test_data_id TEXT NOT NULL REFERENCES test_data (id) ON DELETE CASCADE,
  hash TEXT NOT NULL REFERENCES revision (hash),
  created_at INTEGER NOT NULL,
  author TEXT NOT NULL,
  source TEXT NOT NULL
, number INTEGER NOT NULL DEFAULT 0, parent INTEGER, message TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE text_set (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('names', 'failures')),
  digest BLOB NOT NULL,
  members BLOB NOT NULL,
  UNIQUE (kind, digest)
) STRICT;

CREATE TABLE triage_done (run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE) STRICT;

CREATE TABLE triage_mark (
  id TEXT PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  test TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('comment', 'label', 'issue')),
  text TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX condition_secret_by_reference ON condition_secret (reference);

CREATE INDEX environment_wheel_by_package ON environment_wheel (name, version);

CREATE INDEX failure_text_by_last ON failure_text (lower(substr(text, -1)));

CREATE INDEX failure_text_by_last_two ON failure_text (lower(substr(text, -2)));

CREATE INDEX hold_by_reservation ON hold (reservation);

CREATE INDEX hub_run_open ON hub_run (published) WHERE published = 0;

CREATE INDEX hub_wish_dirty ON hub_wish (dirty) WHERE dirty = 1;

CREATE INDEX image_by_content ON image (sha256);

CREATE INDEX known_failure_match_by_rule ON known_failure_match (rule, run);

CREATE INDEX known_failure_test_by_name ON known_failure_test (name_id);

CREATE INDEX lease_by_run ON lease (run);

CREATE INDEX library_media_by_sut ON library_media (sut_id);

CREATE INDEX library_version_by_library ON library_version (library_id, added_at);

CREATE INDEX matrix_by_age ON matrix (created_at);

CREATE INDEX matrix_run_by_run ON matrix_run (run_id);

CREATE INDEX notification_delivery_due ON notification_delivery (next_at) WHERE next_at IS NOT NULL;

CREATE INDEX plan_version_by_content ON plan_version (sha256);

CREATE INDEX reservation_alive ON reservation (state) WHERE state IN ('requested', 'waiting', 'granted', 'active', 'ending');

CREATE INDEX reservation_by_change ON reservation (changed_at);

CREATE INDEX reservation_sut_by_name ON reservation_sut (name);

CREATE INDEX reservation_sut_by_sut ON reservation_sut (sut_id);

CREATE INDEX run_by_age ON run (created_at, number);

CREATE INDEX run_by_condition ON run (condition, created_at) WHERE condition IS NOT NULL;

CREATE INDEX run_by_lock ON run (lock_hash) WHERE lock_hash IS NOT NULL;

CREATE INDEX run_by_name ON run (name, created_at);

CREATE INDEX run_by_origin ON run (rerun_of) WHERE rerun_of IS NOT NULL;

CREATE INDEX run_by_plan ON run (plan_id, created_at) WHERE plan_id IS NOT NULL;

CREATE INDEX run_by_plan_name ON run (plan_name, created_at) WHERE plan_name IS NOT NULL;

CREATE INDEX run_by_series ON run (series_key, created_at, number);

CREATE INDEX run_by_starter ON run (started_by, created_at);

CREATE INDEX run_by_test_data ON run (test_data_id, created_at);

CREATE INDEX run_in_list ON run (created_at, number, verdict);

CREATE INDEX run_library_by_run ON run_library (run);

CREATE INDEX run_not_ended ON run (state) WHERE state <> 'ended';

CREATE INDEX run_result_by_name ON run_result (name_id, run);

CREATE INDEX run_result_failed ON run_result (run, name_id) WHERE status = 'failed';

CREATE INDEX run_search_by_failure_set ON run_search (failure_set);

CREATE INDEX run_search_by_name_set ON run_search (name_set);

CREATE INDEX run_secret_by_reference ON run_secret (reference);

CREATE INDEX run_still_coming ON run (imported_at) WHERE imported_at = 0;

CREATE INDEX run_sut_by_name ON run_sut (name, run);

CREATE INDEX run_sut_by_sut ON run_sut (sut_id);

CREATE INDEX sut_event_by_sut ON sut_event (sut_id, number);

CREATE INDEX sut_event_underway ON sut_event (outcome) WHERE outcome = 'underway';

CREATE INDEX test_condition_by_parent ON test_condition (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX test_data_library_by_library ON test_data_library (library_id);

CREATE INDEX test_data_revision_by_hash ON test_data_revision (hash);

CREATE UNIQUE INDEX test_data_revision_by_number ON test_data_revision (test_data_id, number);

CREATE INDEX test_data_revision_by_test_data ON test_data_revision (test_data_id, id);

CREATE INDEX text_set_by_kind ON text_set (kind, id);

CREATE INDEX triage_mark_by_run ON triage_mark (run, made_at);
