import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ERRORS } from '../../src-shared/contract/errors.ts';
import { HubError } from '../errors.ts';

/** What Node says of a request that never became one, as an answer: its status and a sentence. */
const SAID: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The address and the headers of this call are longer than 16 kB: ask for less at once.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The call did not arrive in time. Send it again.'],
};
const UNREADABLE = [400, 'This is not a request of HTTP that can be read.'] as const;

/** Answers in the shape of every refusal what the server refuses before there is a request, and closes the connection. */
export function refuseBrokenRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = SAID[error.code ?? ''] ?? UNREADABLE;
  const { code, data } = new HubError('BAD_REQUEST', message);
  const body = JSON.stringify({ defined: true, code, status: ERRORS[code].status, message, data });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end([...head, 'Connection: close', '', body].join('\r\n'));
}
