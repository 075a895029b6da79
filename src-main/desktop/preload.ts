import { contextBridge, ipcRenderer, webUtils } from 'electron';

// A MessagePort cannot cross the context bridge, a window message can carry it: the page asks, the answer arrives as a message to itself.
ipcRenderer.on('atn:port', (event) => window.postMessage('atn:port', window.origin, [...event.ports]));

/** All that the page gets from the desktop; everything else goes through the contract on the port. */
const bridge = {
  /** The port to the harness comes as a message event: data 'atn:port', its first port. */
  connect: (): void => ipcRenderer.send('atn:connect'),
  /** The path of a file or folder that was dropped into the window. */
  pathOf: (file: File): string => webUtils.getPathForFile(file),
};

export type DesktopBridge = typeof bridge;
contextBridge.exposeInMainWorld('atn', bridge);
