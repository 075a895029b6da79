import { request } from 'node:http';
import { WebSocket } from 'ws';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown> & { code?: string };
  text: string;
}

interface Sent {
  body?: object;
  headers?: Record<string, string>;
}

/** One visitor with a cookie jar, as a browser on the hub's own page. */
export class Visitor {
  static #count = 0;
  cookie = '';
  readonly url: string;
  /** As a proxy in front of the hub tells it. */
  readonly address: string;
  origin: string | undefined;

  constructor(url: string) {
    this.url = url;
    this.origin = url;
    Visitor.#count += 1;
    this.address = `10.0.0.${Visitor.#count}`;
  }

  ask(method: string, path: string, { body, headers = {} }: Sent = {}): Promise<Answer> {
    const all = {
      'x-forwarded-for': this.address,
      ...(this.origin === undefined ? {} : { origin: this.origin }),
      ...(this.cookie === '' ? {} : { cookie: this.cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}${path}`, { method, headers: all }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => {
          const cookie = answer.headers['set-cookie']?.[0]?.split(';', 1)[0];
          if (cookie !== undefined) this.cookie = cookie;
          const json = String(answer.headers['content-type']).includes('json');
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text,
            body: json && text !== '' ? (JSON.parse(text) as Answer['body']) : {},
          });
        });
      });
      sent.on('error', reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  call(method: string, path: string, body?: object): Promise<Answer> {
    return this.ask(method, `/api/v1${path}`, body === undefined ? {} : { body });
  }

  socket(): Promise<WebSocket> {
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/api/ws`, {
      headers: { cookie: this.cookie, origin: this.origin ?? '' },
    });
    return new Promise((resolve, reject) => socket.once('open', () => resolve(socket)).once('error', reject));
  }
}
