import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HubError } from '../errors.ts';

const Values = z.array(z.string().min(1)).default([]);
const ProviderConfig = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  /** What people read on the button. */
  name: z.string().trim().min(1).max(50).default('Single sign-on'),
  scopes: z.string().default('openid profile email'),
  /** The claim that says what somebody is, and which of its values mean which role; without `roles` everybody comes as a tester. */
  rolesClaim: z.string().default('roles'),
  roles: z.strictObject({ admin: Values, operator: Values, tester: Values }).optional(),
  /** The claim whose values become groups here. */
  groupsClaim: z.string().optional(),
});

/** Every setting of a hub. The file `hub.json` in its home says it, the environment overrides, the command line has the last word. */
const Config = z.strictObject({
  /** How people and harnesses see this hub called. */
  name: z.string().trim().min(1).max(100).default('ATN hub'),
  /** The address to listen on. Loopback until somebody has thought of TLS. */
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 = any free one. */
  port: z.coerce.number().int().min(0).max(65_535).default(8480),
  /** postgres://… where several hub processes share the facts; absent = a file in the home. */
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, 'must begin with postgres://')
    .optional(),
  /** https://hub.example.org: how browsers name this hub. Needed behind a proxy that changes the host. */
  publicUrl: z.url().optional(),
  /** PEM files. Absent = plain HTTP: on loopback, or behind a proxy that does TLS. */
  tls: z.strictObject({ certificate: z.string(), key: z.string() }).optional(),
  /** Addresses of proxies whose X-Forwarded-For and -Proto are believed. */
  trustProxy: z.array(z.string()).default([]),
  /** Sign-in by an outside provider (OpenID Connect), beside passwords. */
  provider: ProviderConfig.optional(),
  /** Calls that one address may make in a minute: a whole site may stand behind one. */
  calls: z.coerce.number().int().min(1).default(1200),
  /** Tries to come in that one address has in a minute. */
  tries: z.coerce.number().int().min(1).default(10),
  /** Bytes of one upload, of all that one person keeps here, and of all that everybody does. */
  uploadBytes: z.coerce.number().int().min(1).default(5_000_000_000),
  personBytes: z.coerce.number().int().min(1).default(20_000_000_000),
  wholeBytes: z.coerce.number().int().min(1).default(500_000_000_000),
  /** Webhooks of people may lead into this computer's own network. */
  privateHooks: z.union([z.boolean(), z.stringbool()]).default(false),
  /** Who reads /metrics from another machine shows this as a bearer. */
  metricsToken: z.string().min(16).optional(),
});

export type HubConfig = z.infer<typeof Config> & { home: string };

/** Names in the environment, and the setting that each means. */
const ENVIRONMENT = {
  ATN_HUB_NAME: 'name',
  ATN_HUB_HOST: 'host',
  ATN_HUB_PORT: 'port',
  DATABASE_URL: 'databaseUrl',
  ATN_HUB_PUBLIC_URL: 'publicUrl',
  ATN_HUB_CALLS: 'calls',
  ATN_HUB_TRIES: 'tries',
  ATN_HUB_UPLOAD_BYTES: 'uploadBytes',
  ATN_HUB_PERSON_BYTES: 'personBytes',
  ATN_HUB_WHOLE_BYTES: 'wholeBytes',
  ATN_HUB_PRIVATE_HOOKS: 'privateHooks',
  ATN_HUB_METRICS_TOKEN: 'metricsToken',
} as const;

export interface Given {
  home: string | undefined;
  port: string | undefined;
  host: string | undefined;
}

export async function readConfig(given: Given, environment: Readonly<Record<string, string | undefined>>): Promise<HubConfig> {
  const home = resolve(given.home ?? environment['ATN_HUB_HOME'] ?? join(homedir(), '.atn-hub'));
  const settings: Record<string, unknown> = await readSettings(join(home, 'hub.json'));
  for (const [name, setting] of Object.entries(ENVIRONMENT)) {
    const value = environment[name];
    if (value !== undefined && value !== '') settings[setting] = value;
  }
  const certificate = environment['ATN_HUB_TLS_CERTIFICATE'];
  const key = environment['ATN_HUB_TLS_KEY'];
  if (certificate !== undefined && key !== undefined) settings['tls'] = { certificate, key };
  const proxies = environment['ATN_HUB_TRUST_PROXY'];
  if (proxies !== undefined) settings['trustProxy'] = proxies.split(',').map((part) => part.trim());
  if (given.port !== undefined) settings['port'] = given.port;
  if (given.host !== undefined) settings['host'] = given.host;
  const secret = environment['ATN_HUB_PROVIDER_SECRET'];
  if (secret !== undefined && typeof settings['provider'] === 'object') Object.assign(settings['provider'] ?? {}, { clientSecret: secret });
  const parsed = Config.safeParse(settings);
  if (parsed.success && parsed.data.provider !== undefined && parsed.data.publicUrl === undefined)
    throw new HubError('BAD_REQUEST', 'The hub cannot start with these settings: provider needs publicUrl, to which browsers come back.');
  if (parsed.success) return { ...parsed.data, home };
  const reasons = parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  throw new HubError('BAD_REQUEST', `The hub cannot start with these settings: ${reasons.join('; ')}.`);
}

async function readSettings(file: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new HubError('HOME_UNUSABLE', `${file} cannot be read.`, { cause: error });
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (error) {
    throw new HubError('BAD_REQUEST', `${file} is not a JSON object.`, { cause: error });
  }
}
