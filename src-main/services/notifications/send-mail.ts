import type { MailRoute } from '../../../src-shared/model/notification.ts';
import type { Mail } from './message.ts';
import type { Undelivered } from '../../../src-shared/model/after-try.ts';

const LIMIT_MS = 20_000;

export interface MailMessage {
  route: MailRoute;
  password: string | null;
  /** The same however often it is sent. */
  delivery: string;
  body: string;
}

/** One try, by a connection of its own. Null: the server has taken it. A certificate that nobody trusts ends it before any login. */
export async function sendMail({ route, password, delivery, body }: MailMessage): Promise<Undelivered | null> {
  const { createTransport } = await import('nodemailer');
  const { server, port, security, user, from, to } = route;
  const transport = createTransport({
    ...{ host: server, port, secure: security === 'tls', requireTLS: security === 'startTls', ignoreTLS: security === 'none' },
    ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
    ...{ connectionTimeout: LIMIT_MS, greetingTimeout: LIMIT_MS, socketTimeout: LIMIT_MS },
    // A text is a text: never a file or an address to read one from.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    const { subject, text } = JSON.parse(body) as Mail;
    await transport.sendMail({ from, to, subject, text, messageId: `<${delivery}@atn-workbench>` });
    return null;
  } catch (error) {
    const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
    const said = (message ?? '').split('\n')[0]?.slice(0, 300) ?? '';
    const wrongLogin = code === 'EAUTH';
    return {
      problem: wrongLogin ? `${server} refused the login.` : `${server} did not take the mail: ${said}`,
      refused: wrongLogin || (responseCode !== undefined && responseCode >= 500),
    };
  } finally {
    transport.close();
  }
}
