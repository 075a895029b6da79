import { isPrivateLiteral } from '@atn/content-store';
import { WorkbenchError } from '../../errors.ts';

/** An address to fetch from: http or https, nothing secret in it. Throws BAD_REQUEST. */
export function sourceAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/u.test(url.protocol))
    throw new WorkbenchError('BAD_REQUEST', 'An image is fetched from an address that begins with https:// or http://.');
  if (url.username !== '' || url.password !== '')
    throw new WorkbenchError('BAD_REQUEST', 'Leave user and password out of the address: it is shown and kept.');
  return url;
}

/** An address written as numbers is never looked up: it is judged before the connection. */
export function refusePrivate(url: URL, allowsPrivate: boolean): void {
  if (!allowsPrivate && isPrivateLiteral(url.hostname)) throw privateHost(url.hostname);
}

export function privateHost(host: string): WorkbenchError {
  return new WorkbenchError(
    'FORBIDDEN',
    `${host} is inside a private network. Allow images from private addresses in the settings, if that is where yours are.`,
  );
}
