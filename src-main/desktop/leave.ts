import { app, dialog, type BrowserWindow } from 'electron';
import type { Memory } from './memory.ts';

/** Closing the window ends the app, never the runs: their supervisors go on. The first time, the person is told so. */
export function leaveCalmly(window: BrowserWindow, activeRuns: () => Promise<number>, memory: Memory): void {
  let leaving = false;
  app.on('before-quit', () => (leaving = true));
  window.on('close', (event) => {
    if (leaving || memory.facts.knowsRunsGoOn) return;
    event.preventDefault();
    void tellOnce(window, activeRuns, memory).then((goes) => {
      leaving = goes;
      if (goes) window.close();
    });
  });
}

async function tellOnce(window: BrowserWindow, activeRuns: () => Promise<number>, memory: Memory): Promise<boolean> {
  const running = await activeRuns();
  if (running === 0) return true;
  const { response } = await dialog.showMessageBox(window, {
    message: running === 1 ? 'One run goes on without the window' : `${running} runs go on without the window`,
    detail: 'Robot keeps running in the background. When you open ATN Workbench again it picks up every run where it is.',
    buttons: ['Stay', 'Close the window'],
    defaultId: 1,
    cancelId: 0,
  });
  if (response === 1) memory.remember({ knowsRunsGoOn: true });
  return response === 1;
}
