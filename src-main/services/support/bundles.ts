import { readFile } from 'node:fs/promises';
import { homedir, hostname, userInfo } from 'node:os';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { BundlePreview, BundleWish } from '../../../src-shared/model/support-bundle.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { gatherFiles, type GatherServices } from './gather-files.ts';
import { createMask, type MaskFacts } from './mask-text.ts';

export interface BundleServices extends GatherServices {
  /** Every secret that is kept here, revealed only to be looked for. */
  secrets: () => Promise<string[]>;
  people: () => string[];
}

export interface Bundles {
  preview(wish: BundleWish, signal: AbortSignal): Promise<BundlePreview>;
  take(id: string): { fileName: string; content: string };
}

const HEAD = 3000;
const SECRET_VARIABLE = /pass|secret|token|key|credential|auth/iu;

/** One bundle is held at a time: the one that was shown last. */
export function createBundles(services: BundleServices): Bundles {
  let held: { id: string; fileName: string; zip: Buffer } | null = null;
  return {
    preview: async (wish, signal) => {
      const mask = createMask(await maskFacts(services, wish));
      const files = (await gatherFiles(services, wish, signal)).map((file) => ({
        ...file,
        ...mask(file.text),
        name: mask(file.name).text,
      }));
      const zip = await zipOf([...files, { name: 'README.txt', text: readmeOf(wish) }]);
      signal.throwIfAborted();
      const fileName = `atn-support-${new Date().toISOString().slice(0, 16).replaceAll(/[:T]/gu, '-')}.zip`;
      held = { id: newId(Date.now()), fileName, zip };
      const shown = files.map(({ name, what, text, masked }) => ({
        ...{ name, what, masked, size: Buffer.byteLength(text) },
        head: text.slice(0, HEAD),
      }));
      return { id: held.id, fileName, size: zip.length, files: shown };
    },
    take: (id) => {
      if (held?.id !== id)
        throw new WorkbenchError('NOT_FOUND', 'This bundle is no longer held. Make it again, and look at what is in it.');
      return { fileName: held.fileName, content: held.zip.toString('base64') };
    },
  };
}

async function maskFacts(services: BundleServices, { maskNames }: BundleWish): Promise<MaskFacts> {
  const { layout } = services;
  const files = await Promise.all([layout.secretKey, layout.ownerToken].map((file) => readFile(file, 'utf8').catch(() => '')));
  const variables = Object.entries(process.env).flatMap(([name, value = '']) =>
    SECRET_VARIABLE.test(name) && value.length >= 6 ? [value] : [],
  );
  const secrets = [...(await services.secrets()), ...files.map((text) => text.trim()), ...variables];
  return { secrets, names: maskNames ? namesOf(services) : new Map(), addresses: maskNames };
}

function namesOf(services: BundleServices): Map<string, string> {
  const names = new Map<string, string>();
  const call = (name: string, as: string) => {
    const key = name.toLowerCase();
    if (key.length > 1 && !names.has(key)) names.set(key, as);
  };
  for (const [index, { name, endpoints }] of services.machines().entries()) {
    call(name, `sut-${index + 1}`);
    for (const { address, user } of endpoints) {
      call(URL.canParse(address) ? new URL(address).hostname : address, `bmc-${index + 1}`);
      call(user, `login-${index + 1}`);
    }
  }
  for (const [index, name] of services.people().entries()) call(name, `person-${index + 1}`);
  const hub = services.hub();
  if (hub !== null) {
    call(new URL(hub.url).hostname, 'hub-host');
    call(hub.hubName, 'hub-name');
  }
  call(homedir(), '~');
  call(hostname(), 'this-host');
  call(services.settings().harnessName, 'this-harness');
  call(userInfo().username, 'this-user');
  return names;
}

async function zipOf(files: readonly { name: string; text: string }[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, text } of files) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  // yazl types its stream by an older interface than the one it has.
  return buffer(zip.outputStream as Readable);
}

function readmeOf({ maskNames, testContent }: BundleWish): string {
  return [
    'Support bundle of ATN Workbench.',
    'Passwords, keys and tokens were taken out before it was written: look for [masked].',
    maskNames ? 'Names and addresses are replaced, each by the same word everywhere.' : 'Names and addresses are as they are.',
    testContent ? 'It has names, arguments and consoles of the last runs.' : 'It has nothing of what was tested.',
    '',
  ].join('\n');
}
