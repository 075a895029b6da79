import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startOpenIdProvider, type Account, type OpenIdProvider } from '../../e2e/lab/openid-provider.ts';
import { freePort } from '../../e2e/lab/processes.ts';
import { composeHub, type Hub } from './compose.ts';
import { readConfig } from './config.ts';
import { Visitor } from './test-visitor.ts';

const PASSWORD = 'seven green bicycles';
const place = mkdtempSync(join(tmpdir(), 'atn-provider-'));
let hub: Hub;
let url: string;
let elsewhere: OpenIdProvider;
let admin: Visitor;

beforeAll(async () => {
  writeFileSync(join(place, 'index.html'), '<head></head>');
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  elsewhere = await startOpenIdProvider(`${url}/api/provider/return`);
  const roles = { admin: ['atn-admins'], operator: ['atn-lab'], tester: ['staff'] };
  const provider = { issuer: elsewhere.issuer, clientId: elsewhere.clientId, name: 'Company account', roles, groupsClaim: 'teams' };
  writeFileSync(join(place, 'hub.json'), JSON.stringify({ publicUrl: url, provider }));
  const given = { home: place, port: String(port), host: undefined };
  const config = await readConfig(given, { ATN_HUB_PROVIDER_SECRET: elsewhere.clientSecret, ATN_HUB_TRIES: '1000' });
  hub = await composeHub({ config, appVersion: '1', pages: place });
  admin = new Visitor(url);
  const secret = hub.firstLink?.split('#')[1];
  await admin.call('POST', '/invitations/redeem', { secret, login: 'root', name: 'Ada', password: PASSWORD });
});
afterAll(async () => {
  await hub.close();
  await elsewhere.stop();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});

/** Follows redirects with the cookies of each place, as a browser does. */
class Browser {
  readonly jar = new Map<string, Map<string, string>>();

  async go(address: string): Promise<{ address: string; status: number }> {
    for (let at = address, steps = 0; steps < 20; steps += 1) {
      const { origin } = new URL(at);
      const cookies = this.jar.get(origin) ?? new Map<string, string>();
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(at, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split(/=(.*)/su);
        if (/max-age=0|expires=Thu, 01 Jan 1970/iu.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      this.jar.set(origin, cookies);
      const next = answer.headers.get('location');
      if (next === null) return { address: at, status: answer.status };
      at = new URL(next, at).href;
      if (at.startsWith(url) && !at.includes('/api/')) return { address: at.slice(url.length), status: 302 };
    }
    throw new Error('it goes round and round');
  }

  async me(): Promise<{ login: string; role: string } | null> {
    const session = this.jar.get(url)?.get('atn_hub');
    const answer = await fetch(`${url}/api/v1/system/info`, { headers: { cookie: `atn_hub=${session ?? ''}` } });
    return answer.ok ? ((await answer.json()) as { me: { login: string; role: string } }).me : null;
  }

  signIn() {
    return this.go(`${url}/api/provider/begin`);
  }
}

const account = (login: string, more: Partial<Account> = {}): Account => ({
  ...{ sub: `sub-of-${login}`, preferred_username: login, name: `Name of ${login}`, roles: ['staff'], teams: [] },
  ...more,
});
const groupsNow = async () => (await admin.call('GET', '/groups')).body as unknown as { name: string; members: string[] }[];

describe('sign-in by an outside provider', () => {
  it('is offered by its name, and lets a new person in with the role and groups that the provider says', async () => {
    expect((await new Visitor(url).call('GET', '/sessions/ways')).body).toEqual({
      provider: { name: 'Company account', address: '/api/provider/begin' },
    });
    elsewhere.use(account('mei', { roles: ['atn-lab', 'staff'], teams: ['firmware', 'night shift'] }));
    expect((await browser.signIn()).address).toBe('/');
    expect(await browser.me()).toMatchObject({ login: 'mei', name: 'Name of mei', role: 'operator' });
    expect((await groupsNow()).filter(({ members }) => members.includes('mei')).map(({ name }) => name)).toEqual([
      'firmware',
      'night shift',
    ]);
  });

  it('knows the same person again by issuer and subject, whatever the name is now, and takes role and groups anew', async () => {
    elsewhere.use(account('noor', { teams: ['firmware'] }));
    await browser.signIn();
    const again = new Browser();
    elsewhere.use(account('noor', { preferred_username: 'other', roles: ['atn-admins'], teams: ['storage'] }));
    await again.signIn();
    expect(await again.me()).toMatchObject({ login: 'noor', role: 'admin' });
    expect((await groupsNow()).filter(({ members }) => members.includes('noor')).map(({ name }) => name)).toEqual(['storage']);
    expect(await browser.me()).toBeNull();
  });

  it('refuses who has no role here, and says so without words of anybody else', async () => {
    elsewhere.use(account('guest', { roles: ['visitors'] }));
    expect((await browser.signIn()).address).toBe('/?refused=FORBIDDEN');
    expect(await browser.me()).toBeNull();
  });

  it('gives nobody the account of somebody who has the login here, until that person links the two', async () => {
    elsewhere.use(account('root', { sub: 'somebody-else' }));
    expect((await browser.signIn()).address).toBe('/?refused=CONFLICT');
    const own = new Browser();
    own.jar.set(url, new Map([['atn_hub', admin.cookie.split('=')[1] ?? '']]));
    elsewhere.use(account('ada.lovelace', { roles: ['atn-admins'] }));
    expect((await own.signIn()).address).toBe('/');
    const later = new Browser();
    await later.signIn();
    expect(await later.me()).toMatchObject({ login: 'root', role: 'admin' });
  });

  it('takes no answer that was begun elsewhere, and none twice', async () => {
    elsewhere.use(account('pia'));
    await browser.signIn();
    const begun = await fetch(`${url}/api/provider/begin`, { redirect: 'manual' });
    const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const stolen = await new Browser().go(`${url}/api/provider/return?code=x&state=${state}`);
    expect(stolen.address).toBe('/?refused=UNAUTHORIZED');
    const mine = new Browser();
    mine.jar.set(url, new Map([['atn_hub_attempt', state]]));
    expect((await mine.go(`${url}/api/provider/return?code=forged&state=${state}`)).address).toBe('/?refused=UNAUTHORIZED');
    expect((await mine.go(`${url}/api/provider/return?code=forged&state=${state}`)).address).toBe('/?refused=UNAUTHORIZED');
  });

  it('keeps out who was shut out here, and writes every try down', async () => {
    elsewhere.use(account('zoe'));
    await browser.signIn();
    const people = (await admin.call('GET', '/people')).body as unknown as { id: string; login: string }[];
    await admin.call('PATCH', `/people/${people.find(({ login }) => login === 'zoe')?.id ?? ''}`, { disabled: true });
    expect((await new Browser().signIn()).address).toBe('/?refused=FORBIDDEN');
    const entries = (await admin.call('GET', '/audit')).body as unknown as { deed: string; outcome: string }[];
    expect(entries.filter(({ deed }) => deed === 'sessions.provider').map(({ outcome }) => outcome)).toContain('FORBIDDEN');
  });
});
