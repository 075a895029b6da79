import { DirectorySut } from '../../src-shared/protocol/items.ts';
import { type HubHarness, type HubSut } from '../../src-shared/model/hub-directory.ts';
import { isUp } from '../links/attach-links.ts';
import { readPolicy } from '../links/read-policy.ts';
import { fingerprintOf } from '../../src-shared/protocol/fingerprint.ts';
import { sha256, type LinkServices } from '../links/link-services.ts';

export async function listHarnesses(services: LinkServices): Promise<HubHarness[]> {
  const { store, now } = services;
  const rows = await store.selectFrom('harness').selectAll().orderBy('name').orderBy('id').execute();
  const shared = new Map<string, { suts: number; free: number }>();
  for (const sut of await allSuts(services)) {
    const { suts, free } = shared.get(sut.harnessId) ?? { suts: 0, free: 0 };
    shared.set(sut.harnessId, { suts: suts + 1, free: free + Number(isFree(sut)) });
  }
  return rows.map((row) => {
    return {
      id: row.id,
      name: row.name,
      state: row.state,
      fingerprint: fingerprintOf(sha256(row.public_key)),
      up: isUp(row, now()),
      heardAt: row.last_heard,
      paused: row.paused === 1,
      policy: readPolicy(row.policy),
      doubtSince: row.doubt_since,
      clockOffset: row.clock_offset,
      appVersion: row.app_version,
      ...(shared.get(row.id) ?? { suts: 0, free: 0 }),
      waitingMail: row.mail_head - row.mail_acked,
    };
  });
}

interface Wanted {
  search: string;
  free: boolean;
  limit: number;
}

/** Free ones first, then by lab and name: who looks wants to use one. */
export async function listSuts(services: LinkServices, { search, free, limit }: Wanted): Promise<{ rows: HubSut[]; all: number }> {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = (await allSuts(services)).filter((sut) => {
    if (free && !isFree(sut)) return false;
    const text = words.length === 0 ? '' : textOf(sut);
    return words.every((word) => text.includes(word));
  });
  const [first, then] = [found.filter(isFree), found.filter((sut) => !isFree(sut))];
  return { rows: [...first.sort(byPlace), ...then.sort(byPlace)].slice(0, limit), all: found.length };
}

const { compare } = new Intl.Collator();
const byPlace = (a: HubSut, b: HubSut): number => compare(a.harness, b.harness) || compare(a.name, b.name);

/** Of labs that are part of the hub; what a lab says twice by a broken fact is left out, never fatal. */
export async function allSuts({ store, now }: LinkServices): Promise<HubSut[]> {
  const rows = await store
    .selectFrom('directory_sut')
    .innerJoin('harness', 'harness.id', 'directory_sut.harness_id')
    .select([
      'directory_sut.body',
      'harness.id as harnessId',
      'harness.name as harness',
      'harness.session',
      'harness.last_heard',
      'harness.zone',
    ])
    .where('harness.state', '=', 'approved')
    .execute();
  return rows.flatMap(({ body, harnessId, harness, session, zone, last_heard: heardAt }) => {
    const sut = readSut(body);
    return sut !== null ? [{ ...sut, harnessId, harness, up: isUp({ session, last_heard: heardAt }, now()), heardAt, zone }] : [];
  });
}

/** What labs said last, read once: it stays the same for most looks. */
const known = new Map<string, DirectorySut | null>();
const MOST_KNOWN = 20_000;

function readSut(body: string): DirectorySut | null {
  const before = known.get(body);
  if (before !== undefined) return before;
  const sut = DirectorySut.safeParse(JSON.parse(body)).data ?? null;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(body, sut);
  return sut;
}

function isFree({ heldBy, inUse, setAside, up }: HubSut): boolean {
  return up && heldBy === null && !inUse && setAside === null;
}

function textOf({ name, harness, tags, maintainedBy, fields }: HubSut): string {
  return [name, harness, maintainedBy, ...tags, ...fields.map(({ key, value }) => `${key} ${String(value)}`)].join(' ').toLowerCase();
}
