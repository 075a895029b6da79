/** One file to import. */
export interface SourceFile {
  /** Relative to the revision, with `/`; passed by path-rules. */
  path: string;
  /** Bytes as far as known before reading, for progress. */
  size: number;
  executable: boolean;
  /** When a file on the disk was changed last, content or name, UTC ms. */
  changedAt?: number;
  /** The content: the path of a file on the disk, or a stream that fails when it is not what was announced. */
  open(): Promise<string | AsyncIterable<Uint8Array>>;
}

/** What is imported, whatever form it came in. */
export interface ImportSource {
  files: SourceFile[];
  /** What was left out or is likely to be a mistake, each a sentence. */
  warnings: string[];
  close(): void | Promise<void>;
}
