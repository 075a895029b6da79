import { EventPublisher, implement } from '@orpc/server';
import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { desktopContract } from '../../src-shared/contract/index.ts';
import { howToOpen } from './external-address.ts';
import { showWindow } from './open-window.ts';

export interface WindowState {
  maximised: boolean;
  focused: boolean;
  goTo: string | null;
}

/** Serves the desktop's own part of the contract for the one window. */
export class Shell {
  readonly #changes = new EventPublisher<{ window: WindowState }>();
  readonly #window: BrowserWindow;

  constructor(window: BrowserWindow) {
    this.#window = window;
    const tell = () => this.#changes.publish('window', this.#state(null));
    for (const change of ['maximize', 'unmaximize', 'focus', 'blur'] as const) window.on(change as 'focus', tell);
  }

  get focused(): boolean {
    return !this.#window.isDestroyed() && this.#window.isFocused();
  }

  /** Brings the window to the front, at an address when one is given. */
  show(address: string | null = null): void {
    showWindow(this.#window);
    if (address !== null) this.#changes.publish('window', this.#state(address));
  }

  router() {
    const os = implement(desktopContract.desktop);
    return os.router({
      pickFolder: os.pickFolder.handler(() => this.#pick({ properties: ['openDirectory', 'createDirectory'] })),
      pickFile: os.pickFile.handler(({ input }) =>
        this.#pick({ title: input.title, properties: ['openFile'], filters: [{ name: input.title, extensions: input.extensions }] }),
      ),
      pickFiles: os.pickFiles.handler(async ({ input: { title, extensions } }) => {
        const options: OpenDialogOptions = { title, properties: ['openFile', 'multiSelections'], filters: [{ name: title, extensions }] };
        return { paths: (await dialog.showOpenDialog(this.#window, options)).filePaths };
      }),
      pickSavePath: os.pickSavePath.handler(async ({ input }) => {
        const { canceled, filePath } = await dialog.showSaveDialog(this.#window, { defaultPath: input.suggestedName });
        return { path: canceled ? null : filePath };
      }),
      showInFolder: os.showInFolder.handler(({ input }) => {
        const shown = existsSync(input.path);
        if (shown) shell.showItemInFolder(input.path);
        return { shown };
      }),
      openExternal: os.openExternal.handler(async ({ input, errors }) => {
        const how = howToOpen(input.url);
        if (how === 'refuse') {
          const data = { correlationId: randomUUID(), details: [input.url], reasons: [] };
          throw errors.FORBIDDEN({ message: 'Only report pages of this workbench and https addresses are opened.', data });
        }
        const opened = how === 'open' || (await this.#agrees(input.url));
        if (opened) await shell.openExternal(input.url);
        return { opened };
      }),
      window: os.window.handler(({ input }) => {
        this.#act(input.action);
        return { maximised: !this.#window.isDestroyed() && this.#window.isMaximized() };
      }),
      watchWindow: os.watchWindow.handler(({ signal }) => this.#follow(signal)),
    });
  }

  async *#follow(signal: AbortSignal | undefined) {
    const changes = this.#changes.subscribe('window', { signal });
    yield this.#state(null);
    yield* changes;
  }

  #state(goTo: string | null): WindowState {
    return { maximised: this.#window.isMaximized(), focused: this.#window.isFocused(), goTo };
  }

  async #pick(options: OpenDialogOptions) {
    const { filePaths } = await dialog.showOpenDialog(this.#window, options);
    return { path: filePaths[0] ?? null };
  }

  async #agrees(url: string) {
    const { response } = await dialog.showMessageBox(this.#window, {
      message: 'Open this address in the browser?',
      detail: url,
      buttons: ['Stay here', 'Open in the browser'],
      defaultId: 0,
      cancelId: 0,
    });
    return response === 1;
  }

  #act(action: 'minimise' | 'maximise' | 'close'): void {
    if (action === 'minimise') this.#window.minimize();
    else if (action === 'close') this.#window.close();
    else if (this.#window.isMaximized()) this.#window.unmaximize();
    else this.#window.maximize();
  }
}
