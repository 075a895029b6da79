export type ContentErrorCode = 'notFound' | 'diskFull' | 'readOnly' | 'mismatch' | 'badHash' | 'badRange';

/** What a caller can act upon; other failures of the file system pass unchanged. */
export class ContentError extends Error {
  readonly code: ContentErrorCode;

  constructor(code: ContentErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ContentError';
    this.code = code;
  }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Full and read-only disks get a name of their own. */
export function translate(error: unknown, folder: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new ContentError('diskFull', `The disk of ${folder} is full.`, { cause: error });
    case 'EROFS':
    case 'EACCES':
      // The source may be what cannot be opened: that is not about the store.
      if (!pathOf(error).startsWith(folder)) return error;
      return new ContentError('readOnly', `${folder} cannot be written.`, { cause: error });
    default:
      return error;
  }
}

function pathOf(error: unknown): string {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : '';
}
