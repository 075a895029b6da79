import { DriverError } from '../driver-error.ts';
import type { Task } from '../driver.ts';
import type { RedfishEndpoint } from '../endpoints.ts';
import { reasonOf, RedfishHttp, type RedfishAnswer, type RedfishRequest } from './http.ts';
import { linkAt, linksAt, numberAt, objectAt, textAt, type Json } from './json.ts';
import { quirksOf, type Quirks } from './quirks.ts';

const ROOT = '/redfish/v1/';
/** A collection that does not end is none. */
const MOST_MEMBERS = 10_000;
/** ms between two looks at a task. */
const TASK_PACE = 500;

type Login = { kind: 'token'; token: string; session: string | null } | { kind: 'basic' };

/** One Redfish service with its login. */
export class RedfishService {
  readonly endpoint: RedfishEndpoint;
  readonly #http: RedfishHttp;
  #root: Promise<Json> | undefined;
  #login: Promise<Login> | undefined;

  constructor(endpoint: RedfishEndpoint) {
    this.endpoint = endpoint;
    this.#http = new RedfishHttp(endpoint);
  }

  /** The service root, which is open to everybody; read once. */
  root(signal?: AbortSignal): Promise<Json> {
    this.#root ??= this.#readRoot(signal).catch((error: unknown) => {
      this.#root = undefined;
      throw error;
    });
    return this.#root;
  }

  async quirks(): Promise<Quirks> {
    return quirksOf(await this.root());
  }

  async get(path: string, task: Pick<Task, 'signal'>): Promise<Json> {
    return (await this.#ask({ method: 'GET', path, signal: task.signal })).body;
  }

  /** Every member of a collection, page by page; each is fetched unless the service put it in whole. */
  async members(path: string, task: Pick<Task, 'signal'>): Promise<Json[]> {
    const out: Json[] = [];
    const seen = new Set<string>();
    for (let next: string | null = path; next !== null;) {
      if (seen.has(next)) throw new DriverError('OOBM_REFUSED', 'A list of the BMC leads back to itself.');
      seen.add(next);
      const page = await this.get(next, task);
      const whole = (page['Members'] as unknown[] | undefined)?.filter((each) => textAt(each, 'Id') !== null) ?? [];
      const links = linksAt(page, 'Members');
      if (out.length + links.length > MOST_MEMBERS)
        throw new DriverError('OOBM_REFUSED', `A list of the BMC has over ${MOST_MEMBERS} entries.`);
      if (whole.length === links.length) out.push(...(whole as Json[]));
      else for (const link of links) out.push(await this.get(link, task));
      next = textAt(page, 'Members@odata.nextLink');
    }
    return out;
  }

  /** Sends a change, after leave was asked, and waits for the task it may become. */
  async change(request: Omit<RedfishRequest, 'signal'>, { signal, permit }: Task): Promise<void> {
    await this.#token(signal);
    permit();
    const answer = await this.#ask({ ...request, signal });
    if (answer.status === 202) await this.#waitFor(answer, signal);
  }

  /**
   * Changes properties of a resource as it was when read: `If-Match` with its ETag. Some services compare weak ETags wrongly, so the strong
   * form comes second; one that insists on something else is asked without.
   */
  async patch(path: string, body: Json, task: Task): Promise<void> {
    const answer = await this.#ask({ method: 'GET', path, signal: task.signal });
    const etag = answer.headers['etag'] ?? textAt(answer.body, '@odata.etag');
    const forms = etag === null || etag === undefined ? [undefined] : [...new Set([etag, etag.replace(/^W\//, '')]), undefined];
    for (const [index, form] of forms.entries()) {
      try {
        return await this.change({ method: 'PATCH', path, body, ...(form === undefined ? {} : { headers: { 'if-match': form } }) }, task);
      } catch (error) {
        if (!(error instanceof PreconditionFailed) || index === forms.length - 1) throw error;
      }
    }
  }

  /** Logs out, where there was a login, and closes the connection. */
  async close(): Promise<void> {
    const login = await this.#login?.catch(() => undefined);
    this.#login = undefined;
    if (login?.kind === 'token' && login.session !== null) {
      const headers = { 'x-auth-token': login.token };
      await this.#http.send({ method: 'DELETE', path: login.session, headers, signal: AbortSignal.timeout(3000) }).catch(() => undefined);
    }
    await this.#http.close();
  }

  async #readRoot(signal?: AbortSignal): Promise<Json> {
    const answer = await this.#http.send({ method: 'GET', path: ROOT, ...(signal === undefined ? {} : { signal }) });
    if (answer.status !== 200 || textAt(answer.body, 'RedfishVersion') === null) {
      throw new DriverError('OOBM_UNSUPPORTED', `There is no Redfish service at ${this.endpoint.url}: ${reasonOf(answer)}.`);
    }
    return answer.body;
  }

  async #ask(request: RedfishRequest): Promise<RedfishAnswer> {
    let answer = await this.#http.send({ ...request, headers: { ...request.headers, ...(await this.#token(request.signal)) } });
    if (answer.status === 401 && (await this.#login)?.kind === 'token') {
      this.#login = undefined; // the session was ended at the BMC
      answer = await this.#http.send({ ...request, headers: { ...request.headers, ...(await this.#token(request.signal)) } });
    }
    if (answer.status < 300) return answer;
    throw refusal(answer);
  }

  async #token(signal?: AbortSignal): Promise<Record<string, string>> {
    this.#login ??= this.#logIn(signal).catch((error: unknown) => {
      this.#login = undefined;
      throw error;
    });
    const login = await this.#login;
    if (login.kind === 'token') return { 'x-auth-token': login.token };
    const { username, password } = this.endpoint;
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}` };
  }

  /** A session where the service has them; else the password with each request. */
  async #logIn(signal?: AbortSignal): Promise<Login> {
    const root = await this.root(signal);
    const sessions =
      linkAt(root, 'Links', 'Sessions') ?? (linkAt(root, 'SessionService') === null ? null : `${ROOT}SessionService/Sessions`);
    if (sessions === null) return { kind: 'basic' };
    const { username, password } = this.endpoint;
    const body = { UserName: username, Password: password };
    const answer = await this.#http.send({ method: 'POST', path: sessions, body, ...(signal === undefined ? {} : { signal }) });
    if ([404, 405, 501].includes(answer.status)) return { kind: 'basic' };
    const token = answer.headers['x-auth-token'];
    if (answer.status === 400 || answer.status === 401 || answer.status === 403) throw wrongPassword(answer);
    if (answer.status >= 300 || token === undefined) throw refusal(answer);
    const session = answer.headers['location'] ?? textAt(answer.body, '@odata.id');
    return { kind: 'token', token, session: session === null ? null : this.#http.pathOf(session) };
  }

  async #waitFor(accepted: RedfishAnswer, signal: AbortSignal): Promise<void> {
    const place = accepted.headers['location'] ?? textAt(accepted.body, '@odata.id');
    if (place === null || place === undefined) return; // accepted, and nothing to look at
    for (;;) {
      const answer = await this.#ask({ method: 'GET', path: place, signal });
      const state = textAt(answer.body, 'TaskState');
      if (answer.status !== 202 && (state === null || state === 'Completed')) return;
      if (state !== null && ['Exception', 'Killed', 'Cancelled', 'Interrupted', 'Suspended'].includes(state)) {
        const words = (answer.body['Messages'] as unknown[] | undefined)?.flatMap((each) => textAt(each, 'Message') ?? []).join(' ');
        throw new DriverError('OOBM_REFUSED', `The BMC began it and ended with ${state}. ${words ?? ''}`.trim());
      }
      await pause(Math.min((numberAt(objectAt(answer.headers), 'retry-after') ?? 0) * 1000 || TASK_PACE, 5000), signal);
    }
  }
}

export class PreconditionFailed extends DriverError {}

function refusal(answer: RedfishAnswer): DriverError {
  const reason = reasonOf(answer);
  if (answer.status === 401) return wrongPassword(answer);
  if (answer.status === 403) return new DriverError('OOBM_REFUSED', `This account may not do that at the BMC: ${reason}.`);
  if ([404, 405, 501].includes(answer.status)) return new DriverError('OOBM_UNSUPPORTED', `The BMC cannot do this: ${reason}.`);
  if (answer.status === 412 || answer.status === 428)
    return new PreconditionFailed('OOBM_REFUSED', `Somebody else changed it meanwhile: ${reason}.`);
  if (answer.status === 503) return new DriverError('OOBM_REFUSED', `The BMC is busy: ${reason}. Try again in a moment.`);
  return new DriverError('OOBM_REFUSED', `The BMC refused: ${reason}.`);
}

function wrongPassword(answer: RedfishAnswer): DriverError {
  return new DriverError('OOBM_AUTH', `The BMC refused user name or password: ${reasonOf(answer)}.`);
}

/** Waits, or rejects with the signal's reason. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, ms);
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}
