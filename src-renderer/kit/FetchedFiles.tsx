import type { ReactElement } from 'react';
import type { ServedFile } from '../../src-shared/model/serving.ts';
import { sayFetched } from './fetched.ts';

/** What one machine can fetch now and how far it is, a line a file. */
export function FetchedFiles({ files }: { readonly files: readonly ServedFile[] }): ReactElement | null {
  if (files.length === 0) return null;
  return (
    <ul className="fetched-files small" aria-label="Fetched by the machine">
      {files.map((file) => (
        <li key={file.id} className="row tight">
          <span className="mono nowrap">{file.name}</span>
          <span className="dim figures ellipsis" title={sayFetched(file)}>
            {sayFetched(file)}
          </span>
        </li>
      ))}
    </ul>
  );
}
