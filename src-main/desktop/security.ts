import { app, session, type WebContents } from 'electron';
import { isOurs } from './address.ts';

/** Every page is confined the same way, whoever makes it: no navigation away, no new window, no embedded page, no permission. */
export function confineEverything(): void {
  app.on('web-contents-created', (_event, contents) => confine(contents));
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(allowed(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.setDisplayMediaRequestHandler((_request, decide) => decide({}));
}

/** Copying an address or an argument is a click of the person; nothing else is ever asked for. */
function allowed(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
