import type { BoundLibrary, ImportState, ImportSuggestion, ImportUse, LibraryRef, TestLibrary } from '../../../src-shared/model/library.ts';
import { listAttached } from '../../store/libraries.ts';
import { inParallel } from '../test-data/in-parallel.ts';
import { readContent, readRevision } from '../test-data/read-revision.ts';
import { bindLibraries } from './bind-libraries.ts';
import { distributionFor } from './known-distributions.ts';
import { readLibraries, type LibraryServices } from './library-services.ts';
import { parseImports, type FoundImport } from './parse-imports.ts';
import { localFile, ROBOT_LIBRARIES } from './resolve-import.ts';

interface RecogniseRequest {
  revision: string;
  testDataId?: string | undefined;
  /** The set to hold the imports against; that of the test data when left out. */
  libraries?: readonly LibraryRef[] | undefined;
}

interface Place extends FoundImport {
  path: string;
}

const WIDTH = 16;
const LARGEST = 2_000_000;

/** Every name that the suites of a revision import, where, and where it is answered from; missing ones first. Throws NOT_FOUND. */
export async function recogniseImports(services: LibraryServices, request: RecogniseRequest): Promise<ImportUse[]> {
  const { revision, testDataId } = request;
  const files = await readRevision(services.content, revision);
  const places: Place[] = [];
  const suites = files.filter(({ path, size }) => /\.(?:robot|resource)$/iu.test(path) && size <= LARGEST);
  await inParallel(suites, WIDTH, async ({ path, sha256 }) => {
    const text = (await readContent(services.content, sha256)).toString('utf8');
    places.push(...parseImports(text).map((found) => ({ ...found, path })));
  });
  const refs = request.libraries ?? (testDataId === undefined ? [] : listAttached(services.store, testDataId));
  const registry = readLibraries(services);
  const known: Known = {
    files: new Set(files.map(({ path }) => path)),
    set: bindLibraries(services.store, refs),
    registry,
  };
  return [...grouped(places, known)].sort((a, b) => RANK[a.state] - RANK[b.state] || a.name.localeCompare(b.name));
}

const RANK: Readonly<Record<ImportState, number>> = { missing: 0, registry: 1, dynamic: 2, local: 3, attached: 4, robot: 5 };

interface Known {
  files: ReadonlySet<string>;
  set: readonly BoundLibrary[];
  registry: readonly TestLibrary[];
}

/** The same name may be a file here and missing there: one entry for each answer. */
function grouped(places: readonly Place[], known: Known): ImportUse[] {
  const uses = new Map<string, ImportUse>();
  for (const place of [...places].sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line)) {
    const answer = answerFor(place, known);
    const key = JSON.stringify([place.kind, place.name, answer.state]);
    const use = uses.get(key) ?? { kind: place.kind, name: place.name, ...answer, places: [] };
    use.places.push({ path: place.path, line: place.line });
    uses.set(key, use);
  }
  return [...uses.values()];
}

type Answer = Pick<ImportUse, 'state' | 'suggestion'>;

const plainly = (state: ImportState): Answer => ({ state, suggestion: null });

function answerFor(place: Place, known: Known): Answer {
  const local = localFile(place, known.files);
  if (local === 'local' || local === 'dynamic') return plainly(local);
  if (place.kind === 'library' && ROBOT_LIBRARIES.has(place.name)) return plainly('robot');
  const inSet = new Set(known.set.map(({ libraryId }) => libraryId));
  const having = known.registry.filter((library) => provides(library, place));
  if (having.some(({ id }) => inSet.has(id))) return plainly('attached');
  const [first] = having;
  if (first !== undefined) return { state: 'registry', suggestion: { libraryId: first.id, requirement: null } };
  return { state: 'missing', suggestion: suggestionFor(place) };
}

function suggestionFor({ kind, name }: Place): ImportSuggestion | null {
  return kind === 'library' && /^[\w.]+$/u.test(name) ? { libraryId: null, requirement: distributionFor(name) } : null;
}

/** `pkg.module.Class` comes with whoever has `pkg`; a resource file that is named without a folder may lie in a folder of modules. */
function provides(library: TestLibrary, { name }: Place): boolean {
  const [first = ''] = name.split(/[./]/u);
  return library.importNames.includes(first) || library.importNames.includes(name);
}
