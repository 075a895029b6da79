import * as openid from 'openid-client';
import { HubError } from '../errors.ts';
import type { PeopleServices } from './people-services.ts';
import { hashSecret } from './secrets.ts';

/** An outside provider of sign-in that speaks OpenID Connect. */
export interface ProviderSettings {
  issuer: string;
  clientId: string;
  clientSecret?: string | undefined;
  /** What people read on the button. */
  name: string;
  scopes: string;
  /** The claim that names what somebody is, and which of its values means which role here. */
  rolesClaim: string;
  roles?: { admin: string[]; operator: string[]; tester: string[] } | undefined;
  /** The claim whose values become groups here; absent = groups are made here. */
  groupsClaim?: string | undefined;
}

/** What the provider says of somebody, checked. */
export interface Claims {
  issuer: string;
  subject: string;
  login: string;
  name: string;
  roles: string[];
  groups: string[] | null;
  /** Who was signed in already and wants to come by this way as well from now on; null = a sign-in. */
  linkTo: string | null;
}

const ATTEMPT_MS = 600_000;
const PATIENCE_S = 10;

/** Sign-in at an outside provider: code flow with PKCE, state and nonce. What is under way is in the store: any process may finish it. */
export class Provider {
  readonly settings: ProviderSettings;
  readonly #returnTo: string;
  #found: Promise<openid.Configuration> | undefined;

  constructor(settings: ProviderSettings, returnTo: string) {
    this.settings = settings;
    this.#returnTo = returnTo;
  }

  /** Where the browser goes, and the secret that it has to bring back. */
  async begin({ store, now }: PeopleServices, personId: string | null): Promise<{ address: string; state: string }> {
    const provider = await this.#provider();
    const [state, nonce, verifier] = [openid.randomState(), openid.randomNonce(), openid.randomPKCECodeVerifier()];
    await store.deleteFrom('sign_in_attempt').where('expires_at', '<=', now()).execute();
    await store
      .insertInto('sign_in_attempt')
      .values({ state_hash: hashSecret(state), verifier, nonce, person_id: personId, expires_at: now() + ATTEMPT_MS })
      .execute();
    const address = openid.buildAuthorizationUrl(provider, {
      ...{ redirect_uri: this.#returnTo, scope: this.settings.scopes, state, nonce },
      ...{ code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    });
    return { address: address.href, state };
  }

  /** `search` is what the provider sent the browser back with. An attempt is good for one answer. */
  async finish({ store, now }: PeopleServices, state: string, search: string): Promise<Claims> {
    const attempt = await store.deleteFrom('sign_in_attempt').where('state_hash', '=', hashSecret(state)).returningAll().executeTakeFirst();
    if (attempt === undefined || attempt.expires_at <= now())
      throw new HubError('UNAUTHORIZED', 'This sign-in took too long. Begin again.');
    const provider = await this.#provider();
    const checks = { pkceCodeVerifier: attempt.verifier, expectedNonce: attempt.nonce, expectedState: state, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(provider, new URL(`${this.#returnTo}${search}`), checks).catch((cause: unknown) => {
      throw new HubError('UNAUTHORIZED', `${this.settings.name} did not confirm who you are.`, { cause });
    });
    const proven = tokens.claims();
    if (proven === undefined) throw new HubError('UNAUTHORIZED', `${this.settings.name} did not say who you are.`);
    // Many say in the token only who it is, and the rest when asked with it.
    const more = await openid.fetchUserInfo(provider, tokens.access_token, proven.sub).catch(() => ({}));
    const said: Readonly<Record<string, unknown>> & { iss: string; sub: string } = { ...more, ...proven };
    const { rolesClaim, groupsClaim } = this.settings;
    return {
      ...{ issuer: said.iss, subject: said.sub, linkTo: attempt.person_id },
      login: textOf(said['preferred_username']) ?? textOf(said['email']) ?? said.sub,
      name: textOf(said['name']) ?? textOf(said['preferred_username']) ?? said.sub,
      roles: listOf(said[rolesClaim]),
      groups: groupsClaim === undefined ? null : listOf(said[groupsClaim]),
    };
  }

  /** Asked once; a provider that is away is asked again at the next try. */
  #provider(): Promise<openid.Configuration> {
    this.#found ??= discover(this.settings).catch((cause: unknown) => {
      this.#found = undefined;
      throw new HubError('HUB_OFFLINE', `${this.settings.name} does not answer. Try again later, or sign in with a password.`, { cause });
    });
    return this.#found;
  }
}

function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<openid.Configuration> {
  const place = new URL(issuer);
  // Plain HTTP says nothing about who answers, except on this machine.
  const near = place.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(place.hostname);
  const options = { timeout: PATIENCE_S, ...(near ? { execute: [openid.allowInsecureRequests] } : {}) };
  return openid.discovery(place, clientId, clientSecret, undefined, options);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one) => textOf(one) ?? []);
}
