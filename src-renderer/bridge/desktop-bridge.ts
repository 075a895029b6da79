/** What the preload of the desktop app puts on the window; absent in a browser. */
export interface DesktopBridge {
  readonly connect: () => void;
  readonly pathOf: (file: File) => string;
}

declare global {
  interface Window {
    readonly atn?: DesktopBridge;
  }
}

export function desktopBridge(): DesktopBridge | null {
  return window.atn ?? null;
}
