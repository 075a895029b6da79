import { BrowserWindow, nativeTheme, screen } from 'electron';
import { origin } from './address.ts';
import type { Memory } from './memory.ts';
import { placeOn, smallest } from './window-place.ts';

/** The colours of the frame (tokens --bg-app), so that nothing flashes before the page has painted. */
const frame = { light: '#f5f7f9', dark: '#101418' };

export function openWindow(memory: Memory, preload: string): BrowserWindow {
  const { maximised, ...place } = placeOn(
    screen.getAllDisplays().map(({ workArea }) => workArea),
    memory.facts.place,
  );
  const window = new BrowserWindow({
    show: false,
    ...place,
    minWidth: smallest.width,
    minHeight: smallest.height,
    frame: false,
    titleBarStyle: process.platform === 'darwin' ? 'hidden' : 'default',
    backgroundColor: nativeTheme.shouldUseDarkColors ? frame.dark : frame.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  if (maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  rememberPlace(window, memory);
  void window.loadURL(`${origin}/`);
  return window;
}

function rememberPlace(window: BrowserWindow, memory: Memory): void {
  window.on('close', () => memory.remember({ place: { ...window.getNormalBounds(), maximised: window.isMaximized() } }));
}

/** Brings the window to the front. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
