import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { SMTPServer } from 'smtp-server';
import { MailRoute } from '../../../src-shared/model/notification.ts';
import { sendMail } from './send-mail.ts';

const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve));
});

/** A real mail server; what it takes is in `mails`, what it is told of logins in `logins`. */
async function mailServer({ refuses }: { refuses?: number } = {}) {
  const mails: { to: string[]; text: string }[] = [];
  const logins: string[] = [];
  const server = new SMTPServer({
    // Its own certificate is one that nobody trusts.
    authOptional: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      logins.push(`${username} ${password}`);
      done(null, { user: username });
    },
    onRcptTo: (_address, _session, done) =>
      done(refuses === undefined ? null : Object.assign(new Error('No such mailbox'), { responseCode: refuses })),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { mails, logins, route: { server: '127.0.0.1', port, from: 'atn@lab.example', to: ['ada@lab.example', 'bo@lab.example'] } };
}

const body = JSON.stringify({ subject: 'Grüße: regressed\r\nBcc: eve@evil.example', text: '1 failed\nDie Lüfter stehen.\n' });
const message = (route: MailRoute) => ({ route, password: 'hush', delivery: 'd-1', body });

it('hands a mail in for everybody who is told, as a text and under one id', async () => {
  const { mails, route } = await mailServer();
  expect(await sendMail(message(MailRoute.parse({ ...route, security: 'none' })))).toBe(null);
  expect(mails).toHaveLength(1);
  expect(mails[0]?.to).toEqual(['ada@lab.example', 'bo@lab.example']);
  expect(mails[0]?.text).toContain('<d-1@atn-workbench>');
  expect(mails[0]?.text).toMatch(/content-type: text\/plain/iu);
  expect(mails[0]?.text).not.toMatch(/^bcc:/imu);
});

it('says no password to a server whose certificate nobody trusts', async () => {
  const { mails, logins, route } = await mailServer();
  const undelivered = await sendMail(message(MailRoute.parse({ ...route, security: 'startTls', user: 'atn' })));
  expect(undelivered).toMatchObject({ refused: false, problem: expect.stringContaining('certificate') as string });
  expect([mails, logins]).toEqual([[], []]);
});

it('tells what a server will never take from what it may take later', async () => {
  const never = await mailServer({ refuses: 550 });
  expect(await sendMail(message(MailRoute.parse({ ...never.route, security: 'none' })))).toMatchObject({ refused: true });
  const later = await mailServer({ refuses: 451 });
  expect(await sendMail(message(MailRoute.parse({ ...later.route, security: 'none' })))).toMatchObject({ refused: false });
  expect(await sendMail(message(MailRoute.parse({ ...later.route, port: 1, security: 'none' })))).toMatchObject({ refused: false });
});

it('never sends a login unencrypted', () => {
  const route = { server: 'mail.lab.example', port: 25, from: 'atn@lab.example', to: ['ada@lab.example'], security: 'none', user: 'atn' };
  expect(MailRoute.safeParse(route).success).toBe(false);
});
