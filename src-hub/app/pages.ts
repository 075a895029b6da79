import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface PageFile {
  type: string;
  body: Buffer | string;
  /** Names of built files carry a hash of their content; the page itself does not. */
  lasting: boolean;
}

/** A file of the built renderer; every address without an extension is the page, which is told that a hub serves it. Null = none. */
export async function findPageFile(folder: string, path: string): Promise<PageFile | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0')) return null;
  const extension = extname(decoded);
  if (extension === '') {
    const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null);
    if (page === null) return null;
    return {
      type: 'text/html; charset=utf-8',
      body: page.replace('<head>', '<head><meta name="atn-server" content="hub">'),
      lasting: false,
    };
  }
  const file = normalize(join(folder, decoded));
  if (!file.startsWith(normalize(folder) + sep) || extension === '.html') return null;
  const body = await readFile(file).catch(() => null);
  return body === null ? null : { type: TYPES[extension] ?? 'application/octet-stream', body, lasting: true };
}
