import { noticeText, type HubNotice } from '../../src-shared/model/hub-notice.ts';
import { formatWhen } from '../kit/format.ts';

export type Outside = 'cannot' | 'ask' | 'allowed' | 'denied';

const STATES: Readonly<Record<NotificationPermission, Outside>> = { default: 'ask', granted: 'allowed', denied: 'denied' };

/** Browsers tell outside of a page only where the page came in a way that nobody could change (TLS, or this computer). */
export function whetherToldOutside(): Outside {
  return 'Notification' in window && window.isSecureContext ? STATES[Notification.permission] : 'cannot';
}

export async function mayTellOutside(): Promise<Outside> {
  await Notification.requestPermission();
  return whetherToldOutside();
}

/** Where the browser may, and nobody looks at the page. The tag makes one of what several tabs tell. */
export function tellOutside(notice: HubNotice, onOpen: () => void): void {
  if (whetherToldOutside() !== 'allowed' || document.hasFocus()) return;
  const { title, text } = noticeText(notice, (at) => formatWhen(at, Date.now()));
  try {
    const shown = new Notification(title, { body: text, tag: notice.id });
    shown.onclick = () => {
      window.focus();
      shown.close();
      onOpen();
    };
  } catch {
    // Some browsers let only a service worker tell; the bell says it all the same.
  }
}
