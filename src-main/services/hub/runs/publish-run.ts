import { ManifestAnswer, PUBLISH_PATH } from '../../../../src-shared/protocol/messages.ts';
import { findHub } from '../../../store/hub.ts';
import { updateHubRun, type HubRunRow } from '../../../store/hub-runs.ts';
import type { HubServices } from '../hub-services.ts';

/** More rounds than files means that something is wrong on the way; it is tried again later. */
const MOST_ROUNDS = 100;

/**
 * Brings report and record to the hub: it says what it lacks, gets that, says it again, until it has everything. What a cut link has left
 * half is gone on with; who asks after the end is told that it is published.
 */
export async function publishRun(
  services: HubServices,
  row: HubRunRow & { run_id: string },
  { session, signal }: { session: string; signal: AbortSignal },
): Promise<void> {
  const hub = findHub(services.store);
  if (hub === undefined) return;
  const shown = { harnessId: hub.harness_id, session };
  const address = `${hub.url}${PUBLISH_PATH}/${row.id}`;
  const { sendFile, sendJson } = await services.wire();
  const { files, dispose } = await services.remoteRuns.collect(row.run_id);
  try {
    const manifest = { files: files.map(({ artefact }) => artefact) };
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      signal.throwIfAborted();
      const { missing, published } = ManifestAnswer.parse(await sendJson(`${address}/manifest`, shown, manifest));
      if (published) {
        updateHubRun(services.store, row.id, { published: 1 });
        return services.changes.emit('hub:changed', {});
      }
      for (const { sha256, received } of missing) {
        const found = files.find(({ artefact }) => artefact.sha256 === sha256);
        if (found !== undefined) await sendFile(`${address}/files/${sha256}`, shown, { file: found.file, offset: received, signal });
      }
    }
  } finally {
    await dispose();
  }
}
