import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/** Only our own files, no inline script, no other origin; Mantine writes style elements, so styles may be inline. */
const PAGE_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The file a path names below `folder`; every address without an extension is a page of the app. Null = none, or outside. */
export function fileFor(folder: string, path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const wanted = extname(decoded) === '' ? 'index.html' : decoded;
  const file = normalize(join(folder, wanted));
  return file.startsWith(normalize(folder) + sep) ? file : null;
}

/** Sends one file of the renderer; false when there is none. */
export async function sendFile(file: string, response: ServerResponse): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) return false;
  const isPage = file.endsWith('.html');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': found.size,
    // Names of built files carry a hash of their content; the page itself does not.
    'Cache-Control': isPage ? 'no-store' : 'private, max-age=31536000, immutable',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...(isPage ? { 'Content-Security-Policy': PAGE_POLICY } : {}),
  });
  createReadStream(file).pipe(response);
  return true;
}
