import type { ImportUse, LibraryRef } from '../../../src-shared/model/library.ts';
import type { PreflightReason, Repair } from '../../../src-shared/model/preflight.ts';
import type { SlowStage } from './check-preflight.ts';
import { warning } from './reason.ts';

export interface ImportQuestion {
  revision: string;
  testDataId: string;
  /** The set of the plan; undefined: what is attached to the test data. */
  libraries: LibraryRef[] | undefined;
}

/** What the suites import that nothing answers. Suites that run without it are no worse off, so it warns. */
export function libraryStage(recognise: (question: ImportQuestion) => Promise<ImportUse[]>): SlowStage {
  return {
    stage: 'libraries',
    doing: 'Looking for the libraries that the suites import.',
    look: async ({ testDataId, libraries }, { revision }) => {
      const uses = await recognise({ revision, testDataId, libraries: libraries ?? undefined });
      const wanting = uses.filter(({ state, kind }) => kind === 'library' && (state === 'missing' || state === 'registry'));
      const attached = uses.filter(({ state }) => state === 'attached').length;
      const answered =
        attached === 0 ? 'The suites need no library but those of Robot and their own.' : `${attached} imported libraries are attached.`;
      return { reasons: wanting.map(reasonOf), fine: wanting.length === 0 ? [answered] : [] };
    },
  };
}

function reasonOf({ name, state, suggestion, places }: ImportUse): PreflightReason {
  const [place] = places;
  const more = places.length > 1 ? ` and ${places.length - 1} more` : '';
  const where = place === undefined ? '' : ` It is imported in ${place.path}, line ${place.line}${more}.`;
  const what = state === 'registry' ? `The library ${name} is here but not attached.` : `The library ${name} is missing.`;
  return warning('LIBRARY_MISSING', `${what}${where}`, { subject: name, repair: repairOf(name, suggestion, place) });
}

function repairOf(name: string, suggestion: ImportUse['suggestion'], place: ImportUse['places'][number] | undefined): Repair | null {
  if (suggestion?.libraryId != null) return { action: 'attachLibrary', libraryId: suggestion.libraryId, name };
  if (suggestion?.requirement != null) return { action: 'addLibrary', name, requirement: suggestion.requirement };
  return place === undefined ? null : { action: 'openFile', path: place.path, line: place.line };
}
