import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { freePort } from './processes.ts';

export interface Account {
  sub: string;
  preferred_username: string;
  name: string;
  roles: string[];
  teams: string[];
}

export interface OpenIdProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in next; the provider asks nothing, as if a person had. */
  use(account: Account): void;
  stop(): Promise<void>;
}

/** A real OpenID provider on loopback that lets one client come back to `returnTo`. */
export async function startOpenIdProvider(returnTo: string): Promise<OpenIdProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const [clientId, clientSecret] = ['hub', 'a secret of the hub and its provider'];
  const accounts = new Map<string, Account>();
  let next: Account | null = null;
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [returnTo] }],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'roles', 'teams'] },
    cookies: { keys: ['a key for the cookies of a test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, id) => {
      const account = accounts.get(id);
      return account === undefined ? undefined : { accountId: id, claims: () => ({ ...account }) };
    },
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({ clientId, accountId: context.oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  const handle = provider.callback();
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/interaction/') !== true || next === null) return void handle(request, response);
    accounts.set(next.sub, next);
    void provider.interactionFinished(request, response, { login: { accountId: next.sub } });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    issuer,
    clientId,
    clientSecret,
    use: (account) => (next = account),
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
