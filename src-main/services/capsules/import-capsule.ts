import { put } from '@atn/content-store';
import { copyFile, cp, link, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { CapsuleContent } from '../../../src-shared/model/capsule.ts';
import type { LibraryRef } from '../../../src-shared/model/library.ts';
import type { PlanBinding } from '../../../src-shared/model/run.ts';
import type { Progress } from '../../../src-shared/model/system.ts';
import { WorkbenchError } from '../../errors.ts';
import { runFolder } from '../../robot/run-files.ts';
import { findLockOfSet, saveLock, saveLockOfSet } from '../../store/environment-locks.ts';
import { insertImportedRun } from '../../store/imported-runs.ts';
import { saveFolderFiles } from '../../store/libraries.ts';
import { findRun } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { isWhole, setKey } from '../environments/lock-hash.ts';
import { importWheelhouse } from '../environments/wheelhouse.ts';
import { keepLibrary } from '../libraries/keep-library.ts';
import { announce } from '../runs/run-services.ts';
import { BLOBS, REPORT, WHEELS, type CapsuleManifest } from './capsule-file.ts';
import type { CapsuleServices } from './capsule-services.ts';
import { keepCondition, keepPlan, keepTestData } from './keep-parts.ts';
import { openCapsule } from './open-capsule.ts';

export interface ImportOptions {
  caller: Caller;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

export interface ImportedCapsule {
  runId: string;
  content: CapsuleContent;
  /** What is still to be supplied here, and what goes by another name, each a sentence. */
  notes: string[];
}

/**
 * Takes a capsule in: everything is looked at first, then libraries, test data, condition, plan and the ended run are made, in this order;
 * the run is last, so one that was cut off is taken in again. The same capsule again answers the same run.
 */
export async function importCapsule(services: CapsuleServices, path: string, options: ImportOptions): Promise<ImportedCapsule> {
  if (!isAbsolute(path)) throw new WorkbenchError('BAD_REQUEST', `Give the whole path of the capsule, not ${path}.`);
  if (!existsSync(path)) throw new WorkbenchError('NOT_FOUND', `There is no file ${path}.`);
  const folder = await mkdtemp(join(services.scratch, 'capsule-'));
  try {
    const say = (step: string) => options.onProgress({ step, done: null, total: null, unit: 'none', at: services.runs.clock.now() });
    say('Checking every file of the capsule');
    const manifest = await openCapsule(path, folder, options.signal);
    const { content } = manifest;
    if (findRun(services.runs.store, content.runId) !== undefined)
      return { runId: content.runId, content, notes: ['This run is here already; nothing was changed.'] };
    if (manifest.lock !== null && !isWhole(manifest.lock))
      throw new WorkbenchError('ARCHIVE_REFUSED', 'The lock in this capsule is not what its own hash says: it was changed or damaged.');
    say('Taking its parts in');
    return await keepAll(services, { manifest, folder }, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function keepAll(
  services: CapsuleServices,
  { manifest, folder }: { manifest: CapsuleManifest; folder: string },
  options: ImportOptions,
): Promise<ImportedCapsule> {
  const { content } = manifest;
  // First what may still be refused: wheels that are not what their lock says.
  const libraries = await keepLibraries(services, { manifest, folder }, options);
  const testData = await keepTestData(services, { manifest, folder }, options);
  const condition = await keepCondition(services, manifest, options.caller);
  const plan = keepPlan(services, { manifest, testDataId: testData.id, conditionId: condition.id, libraries, caller: options.caller });
  options.signal.throwIfAborted();
  await keepRun(services, { manifest, folder, testDataId: testData.id, condition: condition.name, libraries, plan: plan.binding });
  const supply =
    content.secrets.length === 0 ? [] : [`To be supplied here, because a capsule carries no secrets: ${content.secrets.join(', ')}.`];
  return { runId: content.runId, content, notes: [...testData.notes, ...condition.notes, ...plan.notes, ...supply] };
}

/** The registry knows them as the other one did, and the lock can be built here. */
async function keepLibraries(
  services: CapsuleServices,
  { manifest, folder }: { manifest: CapsuleManifest; folder: string },
  { caller, signal }: ImportOptions,
): Promise<LibraryRef[]> {
  const { content, libraries: registry, environments } = services;
  if (manifest.content.wheels) await importWheelhouse(environments, { path: join(folder, WHEELS) }, { signal });
  else if (manifest.lock !== null)
    saveLock(services.runs.store, { ...manifest.lock, solvedBy: 'import', madeAt: services.runs.clock.now() });
  const refs: LibraryRef[] = [];
  for (const { bound, source, contents, ...library } of manifest.libraries) {
    for (const sha256 of contents) await put(content, join(folder, BLOBS, sha256), { expected: sha256 });
    const { sha256, name, version, requirement } = bound;
    if (source === 'folder' && sha256 !== null)
      saveFolderFiles(
        services.runs.store,
        sha256,
        contents.map((each) => ({ sha256: each })),
      );
    const kept = keepLibrary(registry, { name, version, source, requirement, sha256, ...library }, caller);
    refs.push({ libraryId: kept.library.id, versionId: kept.versionId });
  }
  if (manifest.content.wheels) await importWheelhouse(environments, { path: join(folder, WHEELS) }, { signal });
  else if (manifest.lock !== null)
    saveLock(services.runs.store, { ...manifest.lock, solvedBy: 'import', madeAt: services.runs.clock.now() });
  rememberLock(services, manifest);
  return refs;
}

/** What is solved already need not be solved again: a plan of the capsule has the same packages here, also where no index is. */
function rememberLock({ runs: { store }, environments }: CapsuleServices, { lock, libraries }: CapsuleManifest): void {
  if (lock === null) return;
  const { packageIndexUrl: index, packageFolders: folders, robotVersion } = environments.settings();
  const { pythonVersion, platform } = lock;
  const key = setKey({ libraries: libraries.map(({ bound }) => bound), robotVersion, index, folders, pythonVersion, platform });
  if (findLockOfSet(store, key) === undefined) saveLockOfSet(store, key, lock.hash);
}

interface RunToKeep {
  manifest: CapsuleManifest;
  folder: string;
  testDataId: string;
  condition: string | null;
  libraries: readonly LibraryRef[];
  plan: PlanBinding | null;
}

/** Its files first, then its row: a row is only there with its files. */
async function keepRun({ runs }: CapsuleServices, { manifest, folder, ...made }: RunToKeep): Promise<void> {
  const { run, content, condition } = manifest;
  await keepReport(join(folder, REPORT), join(runs.runsFolder, content.runId));
  const sha256 = condition === null ? null : await runs.content.put(condition.yaml);
  const name = made.condition;
  const { store, clock } = runs;
  store.transaction(() =>
    insertImportedRun(
      store,
      {
        ...{ id: content.runId, requestKey: null, name: content.runName, testDataId: made.testDataId, revision: content.revision },
        ...{ suts: run.suts, sutNames: run.sutNames, sutsSha256: null, startedBy: content.startedBy, rerunOf: null },
        condition: sha256 === null || name === null ? null : { name, sha256 },
        plan: made.plan,
        libraries: manifest.libraries.map(({ bound }, index) => ({ ...bound, ...idsOf(made.libraries[index]) })),
        lockHash: content.environment,
        request: { selection: run.selection, options: run.options, failedOnly: false, order: run.order },
        ...{ total: run.total, createdAt: content.createdAt, expectedMs: null },
      },
      { ...run, importedAt: clock.now(), importedFrom: content.madeBy, secretsToSupply: condition?.secrets ?? [] },
    ),
  )();
  announce(runs, [content.runId]);
}

const idsOf = (ref: LibraryRef | undefined) => (ref?.versionId == null ? {} : { libraryId: ref.libraryId, versionId: ref.versionId });

async function keepReport(report: string, target: string): Promise<void> {
  const files = runFolder(target);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  // A capsule of a run that left nothing has no such folder.
  if (existsSync(report) && (await readdir(report)).length > 0) await moveFolder(report, files.output);
  else await mkdir(files.output);
  await beside(join(files.output, 'record.db'), files.record);
  await beside(join(files.output, 'console.txt'), files.console);
}

async function moveFolder(from: string, to: string): Promise<void> {
  await rename(from, to).catch(() => cp(from, to, { recursive: true }));
}

async function beside(file: string, other: string): Promise<void> {
  if (existsSync(file)) await link(file, other).catch(() => copyFile(file, other));
}
