import type { HubContentKind } from '../../src-shared/model/hub-runs.ts';
import { DetailedError, Upload } from 'tus-js-client';

interface Uploading {
  file: File;
  name: string;
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/** Bytes that go at once; what was received of a file is not sent again. */
const PART = 8_000_000;

/** What a file is brought as, by its name. */
export function kindOfFile(name: string): HubContentKind {
  if (/\.whl$/iu.test(name)) return 'library';
  return /\.iso$/iu.test(name) ? 'image' : 'suites';
}

/** Brings a file to the hub, going on where an earlier try was cut off. Answers the id of the test data; throws the hub's sentence. */
export async function uploadFile({ file, name, onProgress, signal }: Uploading): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/api/uploads',
      chunkSize: PART,
      metadata: { name, filename: file.name, kind: kindOfFile(file.name) },
      removeFingerprintOnSuccess: true,
      onProgress: (sent, total) => onProgress(total === 0 ? 1 : sent / total),
      onSuccess: () => resolve(upload.url?.split('/').at(-1) ?? ''),
      onError: (error) => reject(new Error(sentenceOf(error))),
    });
    signal.addEventListener('abort', () => {
      void upload.abort();
      reject(new Error('Paused. Bring the same file again to go on where it was.'));
    });
    void upload.findPreviousUploads().then(([known]) => {
      if (known !== undefined) upload.resumeFromPreviousUpload(known);
      upload.start();
    });
  });
}

function sentenceOf(error: Error): string {
  const said = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
  return said === undefined || said === '' || said.startsWith('<') ? 'The hub was not reached. Try again; it goes on where it was.' : said;
}
