import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { imageLabel, imageNamed, sayImageUser, type Image } from '../../../src-shared/model/image.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Command, HarnessClient } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { columns, type Output } from '../output.ts';
import { UsageError } from '../usage.ts';

const OPTIONS = {
  sha256: { type: 'string' },
  'checksum-file': { type: 'string' },
  name: { type: 'string' },
  revision: { type: 'string' },
  category: { type: 'string' },
  initrd: { type: 'string', multiple: true },
  for: { type: 'string' },
  'unused-days': { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

interface Options {
  sha256?: string | undefined;
  'checksum-file'?: string | undefined;
  name?: string | undefined;
  revision?: string | undefined;
  category?: string | undefined;
  initrd?: string[] | undefined;
}
type Deed = ReturnType<Command>;

/** `atn images [list] | import FILE|URL | show|pin|unpin|remove NAME | clean | boot-config | certificate`. */
export const images: Command = (line) => {
  const { 'unused-days': days, 'dry-run': dryRun, for: server, ...options } = line.options(OPTIONS);
  const [deed = 'list', what, ...more] = line.words;
  if (more.length > 0) throw new UsageError(`What is "${more.join(' ')}"?`);
  if (deed === 'list' && what === undefined) return list;
  if (deed === 'clean' && what === undefined) return clean(days, dryRun === true);
  if (deed === 'boot-config' && what === undefined) return bootConfig(server);
  if (deed === 'certificate' && what === undefined) return certificate;
  if (what === undefined)
    throw new UsageError(`images ${deed} needs ${deed === 'import' ? 'a file or an address' : 'the name of an image'}.`);
  if (deed === 'import') return /^https?:\/\//iu.test(what) ? fetchFrom(what, options) : importFile(what, options);
  if (deed === 'show') return show(what);
  if (deed === 'pin' || deed === 'unpin') return pin(what, deed === 'pin');
  if (deed === 'remove') return remove(what);
  throw new UsageError(`images takes list, import, show, pin, unpin, remove, clean, boot-config or certificate, not "${deed}".`);
};

const list: Deed = async ({ client, output }) => {
  const library = await client.images.list();
  output.answer(library, () => {
    const arriving = library.arrivals.map(({ name, revision, state, note }) => [imageLabel({ name, revision }), state, note ?? '']);
    const lines = [...library.images.map(lineOf), ...arriving];
    return lines.length === 0 ? 'No image yet.' : columns(lines);
  });
  return EXIT.passed;
};

function lineOf(image: Image): string[] {
  const { category, size, sha256, description, usedBy, pinned } = image;
  const boots = description.bootsBy.map((way) => way.toUpperCase()).join(', ');
  const users = usedBy.map(({ name }) => name).join(', ');
  return [imageLabel(image), category, boots, formatBytes(size), sha256.slice(0, 12), pinned ? 'pinned' : '', users];
}

function wordsOf({ sha256, name, revision, category }: Options) {
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/iu.test(sha256)) throw new UsageError('--sha256 takes 64 hexadecimal digits.');
  return {
    ...(sha256 === undefined ? {} : { sha256: sha256.toLowerCase() }),
    ...(name === undefined ? {} : { name }),
    revision: revision ?? '',
    category: category ?? '',
  };
}

function importFile(file: string, options: Options): Deed {
  const words = wordsOf(options);
  const checksums = options['checksum-file'];
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  return async ({ client, output, interrupted }) => {
    const spec = {
      ...words,
      path: resolve(file),
      initrds: (options.initrd ?? []).map((path) => resolve(path)),
      ...(checksums === undefined ? {} : { checksumFile: resolve(checksums) }),
    };
    let told = -1;
    for await (const event of await client.images.importFile(spec, { signal: interrupted })) {
      if (event.type === 'done') return answer(output, event);
      const { done, total } = event.progress;
      const percent = total === null || total === 0 ? 0 : Math.floor(((done ?? 0) / total) * 10) * 10;
      if (percent !== told) output.progress(`${(told = percent)} %`);
    }
    throw new WorkbenchError('CANCELLED', 'The import was cancelled; nothing of it was kept.');
  };
}

function answer(output: Output, { image, unchanged }: { image: Image; unchanged: boolean }): number {
  output.answer({ ...image, unchanged }, () => `${imageLabel(image)}  ${image.sha256}${unchanged ? ', known already' : ''}`);
  return EXIT.passed;
}

/** Waits until it is there. Interrupted, the fetching goes on with the harness; without one it goes on at the next start. */
function fetchFrom(url: string, options: Options): Deed {
  const words = wordsOf(options);
  const checksumUrl = options['checksum-file'];
  return async ({ client, output, interrupted }) => {
    const { id, name, revision } = await client.images.fetch({ ...words, url, ...(checksumUrl === undefined ? {} : { checksumUrl }) });
    let said = '';
    for await (const library of await client.images.watch(undefined, { signal: interrupted })) {
      const arrival = library.arrivals.find((each) => each.id === id);
      if (arrival === undefined) return answer(output, { image: await named(client, imageLabel({ name, revision })), unchanged: false });
      if (arrival.state === 'failed') {
        await client.images.cancel({ id });
        throw new WorkbenchError('BAD_REQUEST', arrival.note ?? 'The image could not be fetched.');
      }
      const note = arrival.note ?? `${formatBytes(arrival.done)}${arrival.total === null ? '' : ` of ${formatBytes(arrival.total)}`}`;
      if (note !== said) output.progress((said = note));
    }
    throw new WorkbenchError('CANCELLED', 'Not waited for. It goes on where it was with the next start of the harness.');
  };
}

function show(name: string): Deed {
  return async ({ client, output }) => {
    const image = await named(client, name);
    const { description, size, sha256, origin, usedBy } = image;
    const made = [description.volumeId ?? '', description.madeBy ?? '', ...description.notes].filter((text) => text !== '').join('; ');
    output.answer(image, () =>
      columns([
        [imageLabel(image), formatBytes(size)],
        ['sha256', sha256],
        ['boots by', description.bootsBy.join(', ') || 'nothing known'],
        ['says', made || 'nothing known'],
        ['from', origin],
        ['used by', usedBy.map(sayImageUser).join(', ') || 'nobody'],
      ]),
    );
    return EXIT.passed;
  };
}

async function named(client: HarnessClient, name: string): Promise<Image> {
  const { images: all } = await client.images.list();
  const found = imageNamed(all, name);
  if (found === undefined) throw new WorkbenchError('NOT_FOUND', `There is no image named ${name}.`);
  return found;
}

function pin(name: string, pinned: boolean): Deed {
  return async ({ client, output }) => {
    const image = await client.images.update({ id: (await named(client, name)).id, pinned });
    output.answer(image, () => `${imageLabel(image)} is ${pinned ? 'pinned: cleaning leaves it alone' : 'not pinned any more'}.`);
    return EXIT.passed;
  };
}

function remove(name: string): Deed {
  return async ({ client, output }) => {
    const image = await named(client, name);
    await client.images.remove({ id: image.id });
    output.answer({ removed: image.id }, () => `${imageLabel(image)} is removed.`);
    return EXIT.passed;
  };
}

function clean(unusedDays: string | undefined, dryRun: boolean): Deed {
  const days = Number(unusedDays ?? 30);
  if (!Number.isInteger(days) || days < 0) throw new UsageError('--unused-days takes a whole number of days.');
  return async ({ client, output }) => {
    const preview = await client.images.previewCleaning({ days });
    const done = dryRun ? preview : await client.images.clean({ ids: preview.removes.map(({ id }) => id) });
    const verb = dryRun ? 'would be freed' : 'freed';
    output.answer(done, () =>
      columns([...done.removes.map(({ name, size, why }) => [name, formatBytes(size), why]), [`${formatBytes(done.freed)} ${verb}`]]),
    );
    return EXIT.passed;
  };
}

const DHCP_SERVERS: Readonly<Record<string, string>> = { dnsmasq: 'dnsmasq', dhcpd: 'ISC dhcpd', kea: 'Kea' };

/** What the lab's own DHCP server is to say; with what is missing here as a warning. */
function bootConfig(server: string | undefined): Deed {
  const wanted = server === undefined ? undefined : DHCP_SERVERS[server];
  if (server !== undefined && wanted === undefined) throw new UsageError(`--for takes ${Object.keys(DHCP_SERVERS).join(', ')}.`);
  return async ({ client, output }) => {
    const boot = await client.serving.networkBoot();
    const snippets = boot.snippets.filter((each) => wanted === undefined || each.server === wanted);
    for (const sentence of boot.missing) output.progress(sentence);
    const text = snippets.map((each) => (wanted === undefined ? `# ${each.server}\n${each.text}` : each.text)).join('\n');
    output.answer({ ...boot, snippets }, () => text.trimEnd());
    return EXIT.passed;
  };
}

const certificate: Deed = async ({ client, output }) => {
  const shown = await client.serving.certificate();
  output.progress(`SHA-256 ${shown.fingerprint}`);
  output.answer(shown, () => shown.pem.trimEnd());
  return EXIT.passed;
};
