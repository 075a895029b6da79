import { app, dialog } from 'electron';
import { asWorkbenchError } from '../errors.ts';

/** Tells why the app cannot start, on the screen and for scripts, and ends it. */
export function refuseToStart(error: unknown): void {
  const { code, message, data, cause } = asWorkbenchError(error);
  if (code === 'INTERNAL') console.error(cause);
  const reason = [message, ...data.details].join('\n');
  console.error(`ATN Workbench cannot start: ${reason}`);
  dialog.showErrorBox('ATN Workbench cannot start', reason);
  app.exit(1);
}
