import type { Run } from '../../../../src-shared/model/run.ts';
import { client, face, type Client } from '../../../bridge/client.ts';

export type Form = Parameters<Client['reports']['export']>[0]['form'];

export const FORMS: readonly { readonly form: Form; readonly label: string }[] = [
  { form: 'zip', label: 'All artefacts as zip' },
  { form: 'output.xml', label: 'output.xml' },
  { form: 'log.html', label: 'log.html' },
  { form: 'report.html', label: 'report.html' },
  { form: 'page.html', label: 'One page, opens anywhere' },
  { form: 'xunit.xml', label: 'xUnit' },
  { form: 'allure.zip', label: 'Allure results' },
  { form: 'results.csv', label: 'Results as CSV' },
  { form: 'results.json', label: 'Results as JSON' },
];

/** Opens one artefact isolated: in the system's browser, or in a tab that cannot reach this one. */
export async function openReport(id: string, path: string): Promise<void> {
  const { url } = await client.reports.address({ id, path });
  if (face === 'desktop') await client.desktop.openExternal({ url });
  else window.open(url, '_blank', 'noopener,noreferrer');
}

/** Asks for a place on the desktop; a browser downloads. Leaving the dialog is no error. */
export async function saveReport(run: Run, form: Form): Promise<void> {
  if (face === 'desktop') {
    const suggestedName = form === 'zip' ? `${run.name} ${run.id.slice(0, 8)}.zip` : form;
    const { path } = await client.desktop.pickSavePath({ suggestedName });
    // The system's dialog has asked before it answers the name of a file that exists.
    if (path !== null) await client.reports.save({ id: run.id, form, path, overwrite: true });
    return;
  }
  const { url } = await client.reports.export({ id: run.id, form });
  window.open(url, '_blank', 'noopener,noreferrer');
}

/** Desktop: the run with everything that another harness needs to show it and run it again, as one file. */
export async function saveCapsule(run: Run, wheels: boolean): Promise<void> {
  const { path } = await client.desktop.pickSavePath({ suggestedName: `${run.name} ${run.id.slice(0, 8)} capsule.zip` });
  if (path === null) return;
  // Read to its end: leaving the stream would cancel the export.
  for await (const event of await client.capsules.export({ id: run.id, path, wheels, overwrite: true })) if (event.type === 'done') return;
}
