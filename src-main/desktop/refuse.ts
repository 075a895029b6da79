import { app, dialog } from 'electron';

/** Tells why the app cannot start, on the screen and for scripts, and ends it. */
export function refuseToStart(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`ATN Workbench cannot start: ${reason}`);
  dialog.showErrorBox('ATN Workbench cannot start', reason);
  app.exit(1);
}
