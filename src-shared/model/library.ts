import { z } from 'zod';
import { Id, Name, PersonName, Sha256, Timestamp } from './text.ts';

/** Where a version came from. `requirement`: resolved from the index when it is locked; `folder`: .py and .resource files, used in place. */
export const LibrarySource = z.enum(['wheel', 'sdist', 'requirement', 'git', 'folder']);
export type LibrarySource = z.infer<typeof LibrarySource>;

/** One version of a library. Everything but a `requirement` is kept by its hash, so it never changes; a requirement is what a lock solves. */
export const LibraryVersion = z.object({
  id: Id,
  /** The distribution's own version; for a requirement what it asks for (`==1.11.2`, or `any`), for a folder the first 8 of its hash. */
  version: z.string(),
  source: LibrarySource,
  /** As pip takes it, extras included; null for what is kept as a file or folder. */
  requirement: z.string().nullable(),
  /** Of the wheel that is installed, or of the folder's list of files; null for a requirement. */
  sha256: Sha256.nullable(),
  /** File name, repository and commit, or folder, as the person named it. */
  origin: z.string(),
  /** Bytes; null for a requirement. */
  size: z.number().int().nullable(),
  addedAt: Timestamp,
  addedBy: PersonName,
});
export type LibraryVersion = z.infer<typeof LibraryVersion>;

export const LibraryUser = z.object({ kind: z.enum(['testData', 'plan']), id: Id, name: z.string() });
export type LibraryUser = z.infer<typeof LibraryUser>;

/** A distribution, or a folder of modules, that suites import. */
export const TestLibrary = z.object({
  id: Id,
  /** Name of the distribution (PEP 503 compares it), or of the folder. */
  name: Name,
  description: z.string(),
  /** What suites write behind `Library`; empty until an environment with it was built once. */
  importNames: z.array(z.string()),
  /** Newest first; never empty. */
  versions: z.array(LibraryVersion).min(1),
  usedBy: z.array(LibraryUser),
});
export type TestLibrary = z.infer<typeof TestLibrary>;

/** A library in a set: its newest version, or one version for ever. */
export const LibraryRef = z.object({ libraryId: Id, versionId: Id.nullable().default(null) });
export type LibraryRef = z.infer<typeof LibraryRef>;

/** What a run was bound to: the version that "newest" meant when it was started. */
export const BoundLibrary = z.object({
  libraryId: Id,
  versionId: Id,
  name: z.string(),
  version: z.string(),
  source: LibrarySource,
  requirement: z.string().nullable(),
  sha256: Sha256.nullable(),
});
export type BoundLibrary = z.infer<typeof BoundLibrary>;

export const LockedPackage = z.object({
  /** Normalised as PEP 503 says. */
  name: z.string(),
  version: z.string(),
  /** Every file that may be installed for it. */
  sha256s: z.array(Sha256),
});
export type LockedPackage = z.infer<typeof LockedPackage>;

/** A solved set. `hash` covers packages, their hashes, the version of Python and the platform: the same hash is the same environment. */
export const EnvironmentLock = z.object({
  hash: Sha256,
  robotVersion: z.string(),
  pythonVersion: z.string(),
  /** As Node names both, for instance `linux-x64`. */
  platform: z.string(),
  packages: z.array(LockedPackage),
  /** What solved it. */
  solvedBy: z.enum(['uv', 'pip', 'import']),
  madeAt: Timestamp,
});
export type EnvironmentLock = z.infer<typeof EnvironmentLock>;

/** `removed`: its lock is known, so it is built again when it is needed. */
export const EnvironmentState = z.enum(['building', 'ready', 'damaged', 'removed']);
export type EnvironmentState = z.infer<typeof EnvironmentState>;

export const EnvironmentUser = z.object({ kind: z.enum(['testData', 'plan', 'run']), id: Id, name: z.string() });
export type EnvironmentUser = z.infer<typeof EnvironmentUser>;

/** Environments are shared by all homes of a user; one of another home's lock is listed with what is known of it. */
export const Environment = z.object({
  lockHash: Sha256,
  robotVersion: z.string(),
  pythonVersion: z.string(),
  packages: z.array(LockedPackage),
  state: EnvironmentState,
  /** What is damaged, or how far building is: a sentence. */
  note: z.string().nullable(),
  /** Bytes on the disk; null when there is nothing. */
  size: z.number().int().nullable(),
  builtAt: Timestamp.nullable(),
  lastUsedAt: Timestamp.nullable(),
  /** Runs that are not ended, plans, and test data whose set it is. */
  usedBy: z.array(EnvironmentUser),
});
export type Environment = z.infer<typeof Environment>;

export const KeywordArgument = z.object({
  name: z.string(),
  /** As it is written in a signature, type and default included: `*args`, `only: bool = True`. */
  text: z.string(),
  required: z.boolean(),
  defaultValue: z.string().nullable(),
  type: z.string().nullable(),
});
export type KeywordArgument = z.infer<typeof KeywordArgument>;

export const KeywordDocumentation = z.object({
  name: z.string(),
  args: z.array(KeywordArgument),
  /** HTML made by Robot from whatever format the library documents itself in. It is foreign: show it as text, or sanitised. */
  doc: z.string(),
  shortDoc: z.string(),
  tags: z.array(z.string()),
  deprecated: z.boolean(),
});
export type KeywordDocumentation = z.infer<typeof KeywordDocumentation>;

/** What Robot's libdoc says of a library or resource file. `doc`s are foreign HTML, as above. */
export const LibraryDocumentation = z.object({
  name: z.string(),
  version: z.string(),
  scope: z.string(),
  doc: z.string(),
  /** How it is imported: the arguments of `Library  Name  ...`; empty when it takes none. */
  inits: z.array(KeywordDocumentation),
  keywords: z.array(KeywordDocumentation),
  /** Null: documented by the default environment. */
  lockHash: Sha256.nullable(),
});
export type LibraryDocumentation = z.infer<typeof LibraryDocumentation>;

/**
 * Where an import is answered from. `robot`: Robot's own, or the workbench's (`ATN`); `attached`: a library of the set; `registry`: known here, but not in the set
 * (attach it); `local`: a file of the revision; `missing`: nowhere (`suggestion` says what may help); `dynamic`: only the run knows, for
 * a variable is in its name.
 */
export const ImportState = z.enum(['robot', 'attached', 'registry', 'local', 'missing', 'dynamic']);
export type ImportState = z.infer<typeof ImportState>;

export const ImportSuggestion = z.object({
  /** A library of the registry that has it, to be attached. */
  libraryId: Id.nullable(),
  /** What to add from the index; null when nobody knows a distribution for it. */
  requirement: z.string().nullable(),
});
export type ImportSuggestion = z.infer<typeof ImportSuggestion>;

/** One name that suites of a revision import, with every place that does. */
export const ImportUse = z.object({
  kind: z.enum(['library', 'resource', 'variables']),
  /** As it is written. */
  name: z.string(),
  state: ImportState,
  suggestion: ImportSuggestion.nullable(),
  places: z.array(z.object({ path: z.string(), line: z.number().int() })),
});
export type ImportUse = z.infer<typeof ImportUse>;
