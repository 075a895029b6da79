import { open, type Entry, type ZipFile } from 'yauzl';
import type { OutlineSuite } from '../../src-shared/model/hub-runs.ts';
import { HubError } from '../errors.ts';

/** Enough to choose from; what lies behind still runs, by its suite. */
const MOST_SUITES = 2000;
const MOST_ENTRIES = 200_000;
/** Bytes of one suite file that are read. */
const MOST_BYTES = 2_000_000;

/** Suites of a zip with the names of their cases. Throws ARCHIVE_REFUSED where it is no zip, NO_SUITES where nothing in it can be run. */
export async function outlineOf(file: string): Promise<OutlineSuite[]> {
  const zip = await openZip(file);
  try {
    const suites: OutlineSuite[] = [];
    let entries = 0;
    for await (const entry of entriesOf(zip)) {
      entries += 1;
      if (entries > MOST_ENTRIES) throw new HubError('ARCHIVE_REFUSED', 'This archive has too many files.');
      if (!/\.robot$/iu.test(entry.fileName) || suites.length >= MOST_SUITES) continue;
      const cases = casesIn(await textOf(zip, entry));
      if (cases.length > 0) suites.push({ path: entry.fileName, cases });
    }
    if (suites.length === 0) throw new HubError('NO_SUITES', 'This archive holds no suite with test cases (files ending in .robot).');
    return suites.sort((a, b) => (a.path < b.path ? -1 : 1));
  } finally {
    zip.close();
  }
}

/** Names of the files of a zip. Throws ARCHIVE_REFUSED. */
export async function namesIn(file: string): Promise<string[]> {
  const zip = await openZip(file);
  try {
    const names: string[] = [];
    for await (const entry of entriesOf(zip)) {
      if (names.length >= MOST_ENTRIES) throw new HubError('ARCHIVE_REFUSED', 'This archive has too many files.');
      names.push(entry.fileName);
    }
    return names;
  } finally {
    zip.close();
  }
}

/** Names of the cases, as they stand in the file: sections of tasks and of other languages are left to Robot. */
export function casesIn(text: string): string[] {
  const names: string[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/u)) {
    if (line.startsWith('*')) inside = /^\*+\s*(?:test cases?|tasks?)\b/iu.test(line);
    else if (inside && /^[^\s#|]/u.test(line)) names.push(line.split(/\s{2,}|\t/u, 1)[0]?.trim() ?? '');
  }
  return names.filter((name) => name !== '');
}

function openZip(file: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(file, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error === null) resolve(zip);
      else reject(new HubError('ARCHIVE_REFUSED', 'This is no zip, or a damaged one.', { cause: error }));
    });
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry, void, void> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const done = (found: Entry | null) => {
        zip.removeAllListeners();
        resolve(found);
      };
      zip
        .once('entry', done)
        .once('end', () => done(null))
        .once('error', (error: Error) => reject(new HubError('ARCHIVE_REFUSED', 'This zip is damaged.', { cause: error })));
      zip.readEntry();
    });
    if (entry === null) return;
    yield entry;
  }
}

function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null) return reject(new HubError('ARCHIVE_REFUSED', `${entry.fileName} cannot be read.`, { cause: error }));
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > MOST_BYTES) stream.destroy();
      });
      stream.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
      stream.once('error', (cause) => reject(new HubError('ARCHIVE_REFUSED', `${entry.fileName} cannot be read.`, { cause })));
    });
  });
}
