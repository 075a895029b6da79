import { describe, expect, it } from 'vitest';
import { ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import { EndpointInput, type Endpoint } from '../../../src-shared/model/sut-endpoint.ts';
import type { SutRow } from '../../store/suts.ts';
import { examineProvisioning } from './bind-provisioning.ts';

const GIB = 1024 ** 3;
const ID = '019a0000-0000-7000-8000-000000000001';

function sut(name: string, ways: EndpointInput[], more: Partial<SutRow> = {}): SutRow {
  const endpoints = ways.map((way): Endpoint => ({ ...EndpointInput.parse(way), id: ID, secret: null }));
  return {
    ...{ id: ID, name, role: 'sut', information: [], tags: [], maintainedBy: '', parentId: null, endpoints, createdAt: 0, changedAt: 0 },
    ...{ identity: null, card: [], maintenance: null, quarantine: null },
    ...{ reservedBy: null, reservedSince: null, reservedUntil: null, reservationId: null },
    ...more,
  };
}

interface World {
  recipe?: string;
  imageGib?: number;
  imageKind?: 'iso' | 'disk';
  unreachable?: string;
  /** Why an image that is not in the library cannot be fetched; null: it can be. */
  source?: string | null;
}

const SOURCE = { url: 'https://mirror.example/linux.iso', sha256: 'a'.repeat(64) };

/** Every reason with its repair, as lines. */
async function reasons(
  machine: SutRow,
  { recipe = 'virtual-media', imageGib = 1, imageKind = 'iso', unreachable, source }: World = {},
): Promise<string[]> {
  const own = { path: 'own.recipe.yaml', sha256: 'c'.repeat(64), size: recipe.length };
  const builtIn = !recipe.includes('\n');
  const services = {
    revision: { files: () => Promise.resolve(builtIn ? [] : [own]), text: () => Promise.resolve(recipe) },
    images: {
      find: () => (source === undefined ? { name: 'linux', sha256: 'a'.repeat(64), size: imageGib * GIB, kind: imageKind } : undefined),
      foresee: () => ({ name: 'linux', problem: source ?? null }),
    },
    serveProblem: () => Promise.resolve(unreachable ?? null),
    secretsOf: () => Promise.resolve({}),
    privateKeyOf: () => Promise.resolve(null),
  };
  const choice = ProvisioningChoice.parse({
    recipe: builtIn ? recipe : own.path,
    image: 'linux',
    ...(source === undefined ? {} : { imageSource: SOURCE }),
  });
  const found = await examineProvisioning(services, { choice, revision: builtIn ? null : 'e'.repeat(64), suts: [machine] });
  return found.reasons.map(({ code, severity, repair }) => `${severity} ${code} ${repair?.action ?? ''}`);
}

const card: SutRow['card'] = [
  { capability: 'power', outcome: 'works', provider: 'redfish', checkedAt: 0, tookMs: 1, sentence: 'It works.' },
];
const bmc = sut(
  'server-1',
  [
    { provider: 'redfish', address: 'https://192.0.2.10' },
    { provider: 'ssh', address: '192.0.2.11' },
  ],
  { card },
);
const virtual = (diskGib: number) =>
  sut(
    'virtual-1',
    [
      { provider: 'qemu', diskGib },
      { provider: 'ssh', address: '127.0.0.1' },
    ],
    { card },
  );

describe('what speaks against a provisioning', () => {
  it('is nothing where all is known and reachable', async () => {
    expect(await reasons(bmc)).toEqual([]);
    expect(await reasons(virtual(20), { imageGib: 20 })).toEqual([]);
  });

  it('is a harness that the machine cannot fetch the image from, but not for a machine that takes it as a file', async () => {
    const away = { unreachable: 'No network of this computer leads to 192.0.2.10.' };
    expect(await reasons(bmc, away)).toEqual(['error SERVING_UNREACHABLE openSut']);
    expect(await reasons(virtual(20), away)).toEqual([]);
  });

  it('is an image that is nowhere, unless it can be fetched', async () => {
    expect(await reasons(bmc, { source: null })).toEqual([]);
    expect(await reasons(virtual(4), { source: null })).toEqual([]); // how big it is shows when it comes
    expect(await reasons(bmc, { source: 'There is another image called linux already.' })).toEqual([
      'error IMAGE_MISSING changeProvisioning',
    ]);
  });

  it('is an image that is bigger than the disk', async () => {
    expect(await reasons(virtual(4), { imageGib: 4.1 })).toEqual(['error IMAGE_TOO_BIG changeProvisioning']);
    expect(await reasons(virtual(0), { imageGib: 9 })).toEqual([]); // it starts from the image
  });

  it('is the image of a disk that would be booted as a CD, and a machine that has no USB', async () => {
    expect(await reasons(bmc, { imageKind: 'disk' })).toEqual(['error IMAGE_WRONG_KIND changeProvisioning']);
    expect(await reasons(bmc, { imageKind: 'disk', recipe: 'usb-image' })).toEqual([]);
    expect(await reasons(bmc, { imageKind: 'disk', recipe: 'network-image' })).not.toContain('error IMAGE_WRONG_KIND changeProvisioning');
    expect(await reasons(virtual(20), { imageKind: 'disk', recipe: 'usb-image' })).toEqual(['error SUT_WRONG_KIND chooseOtherSut']);
  });

  it('is, as a warning, that nobody has tried the machine', async () => {
    expect(await reasons({ ...bmc, card: [] })).toEqual(['warning SUT_NOT_VERIFIED openSut']);
  });

  it('is a field that the answers ask for and the machine does not have', async () => {
    const recipe = `recipe: Own
image: needed
answers:
  label: CIDATA
  files:
    - { path: seed, text: 'rack={{ sut.rack }}' }
steps:
  - { do: insert, what: image }
  - { do: insert, what: answers }
  - { do: waitSsh, limit: 60 }
`;
    expect(await reasons(bmc, { recipe })).toEqual(['error ANSWERS_INCOMPLETE openSut']);
  });
});
