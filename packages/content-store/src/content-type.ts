import { extname } from 'node:path';

/** What a browser may show by itself. Anything else is offered as a download: a type that nobody named is never guessed. */
const SHOWN: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.htm': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.log': 'text/plain; charset=utf-8',
  '.csv': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'text/xml; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.bmp': 'image/bmp',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.pdf': 'application/pdf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

export interface ContentType {
  type: string;
  /** A page that may run its own script: shown in a sandboxed frame. */
  page: boolean;
  shown: boolean;
}

export function contentTypeOf(path: string): ContentType {
  const type = SHOWN[extname(path).toLowerCase()];
  return { type: type ?? 'application/octet-stream', page: type?.startsWith('text/html') ?? false, shown: type !== undefined };
}
