import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { origin, scheme } from './address.ts';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Only what the build made may run; styles are inline because the component library writes them so. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Must be called before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

export function serveFolder(folder: string): void {
  protocol.handle(scheme, (request) => answer(folder, request.method, request.url));
}

export async function answer(folder: string, method: string, url: string): Promise<Response> {
  if (method !== 'GET') return new Response(null, { status: 405 });
  const path = fileFor(folder, url);
  if (path === null) return new Response(null, { status: 404 });
  try {
    return new Response(new Uint8Array(await readFile(path)), {
      headers: {
        'content-type': types[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
    });
  } catch {
    return new Response(null, { status: 404 });
  }
}

/** Addresses of the app's pages have no extension: all of them are the one page. Nothing outside the folder is ever read. */
function fileFor(folder: string, url: string): string | null {
  const { origin: from, host, pathname } = new URL(url);
  if (from !== origin && `${scheme}://${host}` !== origin) return null;
  const asked = normalize(decodeURIComponent(pathname));
  if (asked.includes('\0')) return null;
  const path = join(folder, extname(asked) === '' ? 'index.html' : asked);
  if (!path.startsWith(folder + sep)) return null;
  return types[extname(path)] === undefined ? null : path;
}
