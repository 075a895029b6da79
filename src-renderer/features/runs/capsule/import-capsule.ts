import { client, face } from '../../../bridge/client.ts';

/** The run that came in, and what is still to be supplied here, each a sentence. */
export interface ImportedRun {
  readonly runId: string;
  readonly name: string;
  readonly notes: readonly string[];
}

/** Asks for a run capsule and takes it in; null when none was chosen. `say` hears what goes on. */
export async function chooseCapsule(say: (step: string) => void): Promise<ImportedRun | null> {
  if (face !== 'desktop') {
    const file = await chooseUpload();
    if (file === null) return null;
    say(`Importing ${file.name}`);
    const { runId, content, notes } = await client.capsules.importUpload({ file });
    return { runId, name: content.runName, notes };
  }
  const { path } = await client.desktop.pickFile({ title: 'Import a run capsule', extensions: ['zip'] });
  if (path === null) return null;
  for await (const event of await client.capsules.importPath({ path })) {
    if (event.type === 'progress') say(event.progress.step);
    else return { runId: event.runId, name: event.content.runName, notes: event.notes };
  }
  return null;
}

/** A browser's page can only hand over the content of a file. */
function chooseUpload(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.zip';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
