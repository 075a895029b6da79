import { ContentError } from '@atn/content-store';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';

/** What the content store and the file system say while test data are kept or taken out, as a sentence. */
export function contentProblem(error: unknown): WorkbenchError {
  if (error instanceof WorkbenchError) return error;
  if (error instanceof ContentError) {
    if (error.code === 'diskFull')
      return new WorkbenchError('DISK_FULL', 'The disk of the home is full. Free some space and try again; nothing was lost.', {
        cause: error,
      });
    if (error.code === 'readOnly')
      return new WorkbenchError('HOME_UNUSABLE', 'The home cannot be written. Check its permissions.', { cause: error });
    if (error.code === 'notFound') {
      return new WorkbenchError(
        'HOME_UNUSABLE',
        'A file of this revision is missing in the home. Import the test data again; what was there before comes back by its content.',
        { cause: error },
      );
    }
  }
  if (error instanceof Error && error.name === 'AbortError')
    return new WorkbenchError('CANCELLED', 'The import was cancelled; nothing of it was kept.', { cause: error });
  return asWorkbenchError(error);
}
