import type { BroughtImage, BroughtLibrary } from '../../../../src-shared/model/bring-limits.ts';
import type { LibraryRef } from '../../../../src-shared/model/library.ts';
import type { RunRequest } from '../../../../src-shared/model/run.ts';
import type { Mail } from '../../../../src-shared/protocol/items.ts';
import { findHub } from '../../../store/hub.ts';
import { findHubContent, findHubLibrary, saveHubContent, saveHubLibrary } from '../../../store/hub-runs.ts';
import type { Caller } from '../../caller.ts';
import { remoteName, type HubServices } from '../hub-services.ts';
import { inTurn, withContent, type Fetching } from './fetch-content.ts';

type Wish = Extract<Mail, { kind: 'run.request' }>['body'];

/** The test data of a wish, as they are here: fetched by their hash unless they came before. */
export async function fetchTestData(
  services: HubServices,
  { testData, user }: Pick<Wish, 'testData' | 'user'>,
  fetching: Fetching,
): Promise<{ testDataId: string; revision: string }> {
  const { store, remoteRuns } = services;
  const take = async (path: string) => {
    const { who, host } = bringer(services, user);
    const named = { name: `${testData.name} (${host})`.slice(0, 200), place: `${testData.name}.zip` };
    const imported = await remoteRuns.importZip({ path, ...named }, who);
    saveHubContent(store, testData.sha256, imported);
    return imported;
  };
  return inTurn(store, testData.sha256, async () => {
    const known = findHubContent(store, testData.sha256);
    if (known !== undefined && remoteRuns.hasRevision(known.testDataId, known.revision)) return known;
    return withContent(services, { ...testData, fileName: 'suites.zip' }, { ...fetching, take });
  });
}

/** What else the run is to have, as a start names it: libraries and an image that are here already are not fetched again. */
export async function fetchBrought(
  services: HubServices,
  { user, libraries, image }: Pick<Wish, 'user' | 'libraries' | 'image'>,
  fetching: Fetching,
): Promise<Pick<RunRequest, 'libraries' | 'provisioning'>> {
  const brought: Pick<RunRequest, 'libraries' | 'provisioning'> = {};
  if (libraries !== undefined && libraries.length > 0) {
    brought.libraries = [];
    for (const library of libraries) brought.libraries.push(await fetchLibrary(services, library, { ...fetching, user }));
  }
  if (image !== undefined)
    brought.provisioning = { image: await fetchImage(services, image, { ...fetching, user }), recipe: image.recipe, when: image.when };
  return brought;
}

async function fetchLibrary(
  services: HubServices,
  library: BroughtLibrary,
  { user, ...fetching }: Fetching & { user: string },
): Promise<LibraryRef> {
  const { store, remoteRuns } = services;
  const { who } = bringer(services, user);
  if (library.from === 'index') return remoteRuns.addLibrary({ requirement: library.requirement }, who);
  const take = async (wheel: string) => {
    const { libraryId, versionId } = await remoteRuns.addLibrary({ wheel }, who);
    saveHubLibrary(store, library.sha256, { libraryId, versionId });
    return { libraryId, versionId };
  };
  return inTurn(
    store,
    library.sha256,
    async () => findHubLibrary(store, library.sha256) ?? (await withContent(services, library, { ...fetching, take })),
  );
}

/** Named by its content as well: two images of one name that differ are two. */
async function fetchImage(
  services: HubServices,
  { name, sha256, size }: BroughtImage,
  { user, ...fetching }: Fetching & { user: string },
): Promise<string> {
  const { remoteRuns } = services;
  const { who, host } = bringer(services, user);
  const named = { name: `${name} (${host})`.slice(0, 150), revision: sha256.slice(0, 8), sha256 };
  const take = (path: string) => remoteRuns.importImage({ path, ...named }, who);
  return inTurn(services.store, sha256, async () => {
    const known = remoteRuns.findImage(sha256);
    return known ?? (await withContent(services, { sha256, size, fileName: 'image.iso' }, { ...fetching, take }));
  });
}

function bringer({ store }: HubServices, user: string): { who: Caller; host: string } {
  const url = findHub(store)?.url ?? 'http://hub';
  return { who: { user: remoteName(user, url), origin: 'hub' }, host: new URL(url).host };
}
