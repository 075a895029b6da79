import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The window draws its own bar; the menu is there for the system's shortcuts, and on macOS for the bar on top of the screen. */
export function setMenu(closeWindow: () => void): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [{ label: 'Close window', accelerator: 'CommandOrControl+Q', click: closeWindow }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }, { role: 'toggleDevTools' }],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
