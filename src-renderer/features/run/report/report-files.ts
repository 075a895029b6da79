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

/**
 * Opens one artefact isolated: in the system's browser, or in a tab that cannot reach this one. Answers its address where the browser did not
 * open a tab, so that the person can.
 */
export async function openReport(id: string, path: string): Promise<string | null> {
  if (face === 'desktop') {
    const { url } = await client.reports.address({ id, path });
    await client.desktop.openExternal({ url });
    return null;
  }
  // At the press itself: a browser opens nothing for a page that comes with it a while later.
  const tab = window.open('about:blank', '_blank');
  if (tab !== null) tab.opener = null;
  try {
    const { url } = await client.reports.address({ id, path });
    tab?.location.replace(url);
    return tab === null ? url : null;
  } catch (error) {
    tab?.close();
    throw error;
  }
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
  // It comes as something to keep, so no tab is needed, and none that a browser would refuse.
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: '', rel: 'noopener noreferrer' });
  link.click();
}

/** Desktop: the run with everything that another harness needs to show it and run it again, as one file. */
export async function saveCapsule(run: Run, wheels: boolean): Promise<void> {
  const { path } = await client.desktop.pickSavePath({ suggestedName: `${run.name} ${run.id.slice(0, 8)} capsule.zip` });
  if (path === null) return;
  // Read to its end: leaving the stream would cancel the export.
  for await (const event of await client.capsules.export({ id: run.id, path, wheels, overwrite: true })) if (event.type === 'done') return;
}
