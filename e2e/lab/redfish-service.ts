import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Certificate } from './certificate.ts';
import { initialResources, LOG, SYSTEM, type Json } from './redfish-resources.ts';

export interface RedfishService {
  url: string;
  username: string;
  password: string;
  /** Requests as they came: "GET /redfish/v1/". */
  requests: string[];
  /** Sessions that are open. */
  sessions: Set<string>;
  resources: Map<string, Json>;
  /** Answers before anything else; true: done. */
  intercept: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  restart: (certificate: Certificate) => Promise<void>;
  stop: () => Promise<void>;
}

/** Entries a page of a collection. */
const PAGE = 40;
/**
 * A Redfish service with what the emulator of sushy-tools lacks: sessions, ETags that must match, tasks, a log of several pages, the newer
 * collection of sensors, a firmware inventory. What it says follows DMTF's schemas (DSP8010); everything else is refused.
 */
export async function startRedfishService(certificate: Certificate): Promise<RedfishService> {
  const state = new ServiceState();
  let server = listenWith(certificate, state);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(state, {
    url: `https://127.0.0.1:${port}`,
    username: 'operator',
    password: 'correct horse',
    restart: async (other: Certificate) => {
      await close();
      server = listenWith(other, state);
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    },
    stop: close,
  });
}

function listenWith({ keyFile, certificateFile }: Certificate, state: ServiceState) {
  const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
  return createServer(tls, (request, response) => void state.answer(request, response));
}

class ServiceState {
  requests: string[] = [];
  sessions = new Set<string>();
  intercept: RedfishService['intercept'];
  resources = initialResources();
  #versions = new Map<string, number>();
  #task: { path: string; looks: number; done: () => void } | undefined;
  #nextSession = 1;

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    this.requests.push(`${method} ${url}`);
    if (this.intercept?.(request, response) === true) return;
    const body = await readJson(request);
    const send = (status: number, content?: Json, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(content === undefined ? undefined : JSON.stringify(content));
    };
    const path = new URL(url, 'https://x').pathname.replace(/\/$/, '');
    if (method === 'POST' && path === '/redfish/v1/SessionService/Sessions') return this.#logIn(body, send);
    const token = String(request.headers['x-auth-token'] ?? '');
    if (path !== '/redfish/v1' && !this.sessions.has(token)) return send(401, refusal('Sign in first.'));
    if (method === 'DELETE') return send(this.sessions.delete(token) ? 204 : 404);
    if (method === 'GET') return this.#get(new URL(url, 'https://x'), send);
    if (method === 'PATCH') return this.#patch(path, { body, match: request.headers['if-match'] }, send);
    return this.#act(path, body, send);
  }

  #logIn(body: Json, send: Send): void {
    if (body['UserName'] !== 'operator' || body['Password'] !== 'correct horse') return send(401, refusal('Wrong user name or password.'));
    const token = `token-${this.#nextSession++}`;
    this.sessions.add(token);
    send(201, { Id: token }, { 'x-auth-token': token, location: `/redfish/v1/SessionService/Sessions/${token}` });
  }

  #get(url: URL, send: Send): void {
    const path = url.pathname.replace(/\/$/, '');
    if (path === this.#task?.path) return this.#lookAtTask(send);
    const resource = this.resources.get(path);
    if (resource === undefined) return send(404, refusal(`There is no ${path}.`));
    const members = resource['Members'];
    if (!Array.isArray(members)) return send(200, resource, { etag: this.#etag(path) });
    const skip = Number(url.searchParams.get('$skip') ?? 0);
    const next = skip + PAGE < members.length ? { 'Members@odata.nextLink': `${path}?$skip=${skip + PAGE}` } : {};
    send(200, { ...resource, Members: members.slice(skip, skip + PAGE), 'Members@odata.count': members.length, ...next });
  }

  #etag(path: string): string {
    return `"${this.#versions.get(path) ?? 0}"`;
  }

  #patch(path: string, { body, match }: { body: Json; match: string | undefined }, send: Send): void {
    const resource = this.resources.get(path);
    if (resource === undefined) return send(404, refusal(`There is no ${path}.`));
    if (match === undefined) return send(428, refusal('Say what you read.'));
    if (match !== this.#etag(path)) return send(412, refusal('It was changed meanwhile.'));
    for (const [name, value] of Object.entries(body)) {
      const old = resource[name];
      resource[name] = typeof value === 'object' && value !== null ? { ...(old as Json | undefined), ...value } : value;
    }
    this.#versions.set(path, (this.#versions.get(path) ?? 0) + 1);
    send(200, resource);
  }

  #act(path: string, body: Json, send: Send): void {
    const system = this.resources.get(SYSTEM) ?? {};
    if (path === `${SYSTEM}/Actions/ComputerSystem.Reset`) {
      if (body['ResetType'] === 'PowerCycle') return this.#begin(() => (system['PowerState'] = 'On'), send);
      if (!['On', 'ForceOff', 'ForceRestart', 'GracefulShutdown'].includes(String(body['ResetType'])))
        return send(400, refusal('No such reset.'));
      system['PowerState'] = ['ForceOff', 'GracefulShutdown'].includes(String(body['ResetType'])) ? 'Off' : 'On';
      return send(204);
    }
    if (path === `${LOG}/Actions/LogService.ClearLog`) {
      this.resources.set(`${LOG}/Entries`, { Id: 'Entries', Members: [] });
      return send(204);
    }
    const drive = this.resources.get('/redfish/v1/Managers/bmc/VirtualMedia/1');
    if (path.endsWith('VirtualMedia.InsertMedia') && drive !== undefined) {
      return this.#begin(() => Object.assign(drive, { Image: body['Image'], Inserted: true }), send);
    }
    if (path.endsWith('VirtualMedia.EjectMedia') && drive !== undefined) {
      Object.assign(drive, { Image: null, Inserted: false });
      return send(204);
    }
    send(404, refusal(`There is no ${path}.`));
  }

  /** Accepted, done at the third look. */
  #begin(done: () => void, send: Send): void {
    this.#task = { path: '/redfish/v1/TaskService/Tasks/7', looks: 0, done };
    send(202, { Id: '7', TaskState: 'New' }, { location: this.#task.path });
  }

  #lookAtTask(send: Send): void {
    const task = this.#task;
    if (task === undefined) return send(404);
    task.looks += 1;
    if (task.looks < 3) return send(202, { Id: '7', TaskState: 'Running' });
    task.done();
    this.#task = undefined;
    send(200, { Id: '7', TaskState: 'Completed' });
  }
}

type Send = (status: number, content?: Json, headers?: Record<string, string>) => void;

const refusal = (message: string): Json => ({
  error: { code: 'Base.1.0.GeneralError', message, '@Message.ExtendedInfo': [{ Message: message }] },
});

async function readJson(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as Json);
}
