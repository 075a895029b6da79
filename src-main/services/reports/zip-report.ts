import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { type FoundArtefact, listArtefacts } from './list-artefacts.ts';

/** A consistent copy of a record that may still be written, and how to throw it away. */
export type CopyRecord = (recordFile: string) => Promise<{ file: string; dispose: () => Promise<void> }>;

/** Already compressed: deflating it again costs time and wins nothing. */
const PACKED = /\.(?:png|jpe?g|gif|webp|mp4|webm|zip|gz|xz|zst)$/iu;

/** A zip of all files of a report, made while it is read: memory stays flat whatever the size. Every file is cut at its present length. */
export async function zipReport(directory: string, copyRecord: CopyRecord): Promise<Readable> {
  const artefacts = await listArtefacts(directory);
  const zip = new ZipFile();
  const output = new PassThrough();
  const held = new HeldFiles(directory, copyRecord);
  for (const artefact of artefacts) {
    zip.addReadStreamLazy(artefact.path, entryOptions(artefact), (answer) => {
      held.open(artefact).then(
        (stream) =>
          answer(
            null,
            stream.on('error', (error) => output.destroy(error)),
          ),
        (error: unknown) => output.destroy(asError(error)),
      );
    });
  }
  zip.on('error', (error: unknown) => output.destroy(asError(error)));
  output.on('close', () => void held.close());
  zip.end();
  zip.outputStream.pipe(output);
  return output;
}

/** The file being read and the copy of the record: both must go when the reader of the zip goes. */
class HeldFiles {
  #stream: ReadStream | null = null;
  #disposals: (() => Promise<void>)[] = [];
  #closed = false;
  readonly #directory: string;
  readonly #copyRecord: CopyRecord;

  constructor(directory: string, copyRecord: CopyRecord) {
    this.#directory = directory;
    this.#copyRecord = copyRecord;
  }

  async open({ path, size, kind }: FoundArtefact): Promise<ReadStream> {
    const file = join(this.#directory, path);
    const whole = kind === 'record' && (await hasUnmergedWrites(file)) ? await this.#copy(file) : null;
    const stream = createReadStream(whole ?? file, whole === null && size > 0 ? { end: size - 1 } : {});
    this.#stream = stream;
    if (this.#closed) stream.destroy();
    return stream;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stream?.destroy();
    await Promise.all(this.#disposals.map((dispose) => dispose().catch(() => undefined)));
  }

  async #copy(file: string): Promise<string> {
    const copy = await this.#copyRecord(file);
    this.#disposals.push(copy.dispose);
    if (this.#closed) await copy.dispose();
    return copy.file;
  }
}

/** Only a record that is being written, or was left by a kill, keeps part of its rows beside itself. */
async function hasUnmergedWrites(record: string): Promise<boolean> {
  const log = await stat(`${record}-wal`).catch(() => null);
  return log !== null && log.size > 0;
}

function entryOptions({ path, mtimeMs }: FoundArtefact) {
  return { mtime: new Date(mtimeMs), mode: 0o100644, compress: !PACKED.test(path) };
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)));
