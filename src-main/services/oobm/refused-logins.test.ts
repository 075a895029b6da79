import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src-shared/model/sut-endpoint.ts';
import type { Attempt } from '../../drivers/capabilities.ts';
import { openStore, type Store } from '../../store/open.ts';
import { saveSecret } from '../../store/secrets.ts';
import { RefusedLogins } from './refused-logins.ts';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atn-refused-'));
  store = openStore({ file: join(folder, 'harness.db'), backups: folder, now: 1 });
  saveSecret(store.write, { reference: 'secret:1', sealed: Buffer.from('first') }, 1);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const endpoint: Endpoint = {
  ...{ id: 'e1', provider: 'ipmi', address: 'bmc', port: null, user: 'admin', secret: 'secret:1' },
  ...{ pin: null, commands: {}, memoryMib: null, diskGib: null },
};
const attempt = (outcome: Attempt['outcome'], code: Attempt['code']): Attempt => ({
  ...{ provider: 'ipmi', endpointId: 'e1', outcome, code, message: null, tookMs: 1 },
});
const refused = [attempt('failed', 'OOBM_AUTH')];
const begun = () => new RefusedLogins({ store: store.write, clock: { now: () => 1 } });

describe('logins that a machine refused', () => {
  it('are counted over starts of the workbench, at most to two', () => {
    const first = begun();
    expect(first.countOf(endpoint)).toBe(0);
    for (let tries = 0; tries < 3; tries += 1) first.note(refused);
    expect(first.countOf(endpoint)).toBe(2);
    expect(begun().countOf(endpoint)).toBe(2);
  });

  it('begin anew with another password, user or address', () => {
    const logins = begun();
    logins.countOf(endpoint);
    logins.note(refused);
    expect(logins.countOf({ ...endpoint, user: 'root' })).toBe(0);
    expect(logins.countOf({ ...endpoint, address: 'bmc-2' })).toBe(0);
    saveSecret(store.write, { reference: 'secret:1', sealed: Buffer.from('second') }, 2);
    expect(logins.countOf(endpoint)).toBe(0);
    logins.note(refused);
    expect(logins.countOf(endpoint)).toBe(1);
  });

  it('are forgotten when one was taken, or somebody has the machine verified; other troubles count for nothing', () => {
    const logins = begun();
    logins.countOf(endpoint);
    logins.note([...refused, ...refused]);
    logins.note([attempt('failed', 'OOBM_UNREACHABLE'), attempt('unsupported', 'OOBM_UNSUPPORTED')]);
    expect(logins.countOf(endpoint)).toBe(2);
    logins.note([attempt('done', null)]);
    expect(begun().countOf(endpoint)).toBe(0);
    logins.note(refused);
    logins.forgive('e1');
    expect(begun().countOf(endpoint)).toBe(0);
  });
});
