import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMask } from './mask-text.ts';

const plain = createMask({ secrets: [], names: new Map(), addresses: false });

describe('the mask', () => {
  it.each([
    ['postgres://ada:hunter2@db/atn', 'hunter2'],
    ['https://x:t0ken%2Fx@pypi.lab/simple', 't0ken'],
    ['Authorization: Bearer abcdefghijkl', 'abcdefghijkl'],
    ['{"authorization":"Basic QWxhZGRpbjpvcGVu"}', 'QWxhZGRp'],
    ['{"message":"{\\"password\\":\\"hunter2\\"}"}', 'hunter2'],
    ['{"m":"{\\"password\\":\\"a\\\\\\"hunter2\\"}"}', 'hunter2'],
    ['{"password": "a \\"hunter2\\" b"}', 'hunter2'],
    ['{"bmcPassword": "hunter2", "port": 1}', 'hunter2'],
    ['BMC_PASSWORD=hunter2 make', 'hunter2'],
    ["api-key: 'hunter2 with words'", 'hunter2'],
    ['curl --token hunter2 x', 'hunter2'],
    ['GET /redeem?ticket=hunter2&x=1', 'hunter2'],
    ['Set-Cookie: atn=hunter2; Path=/', 'hunter2'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', 'eyJzdWIi'],
    ['AKIAIOSFODNN7EXAMPLE', 'AKIA'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n-----END OPENSSH PRIVATE KEY-----', 'b3BlbnNz'],
    ['{"key":"-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEE\\n-----END EC PRIVATE KEY-----"}', 'MHcCAQEE'],
    ['-----BEGIN RSA PRIVATE KEY-----\ncut off before its end MIIEow', 'MIIEow'],
  ])('takes what looks like a secret out of %s', (text, secret) => {
    const { text: masked, masked: count } = plain(text);
    expect(masked).not.toContain(secret);
    expect(count).toBeGreaterThan(0);
  });

  it.each(['Settings, Images: a token is asked for', 'https://pypi.org/simple/robot', '{"passwordRefused":null}', 'took 12 ms, 3 of 4'])(
    'leaves %s as it is',
    (text) => expect(plain(text)).toEqual({ text, masked: 0 }),
  );

  it('keeps JSON readable', () => {
    const { text } = plain(JSON.stringify({ password: 'a "b" \\ c', note: 'x', token: 17, list: [{ secret: 'y' }] }));
    expect(JSON.parse(text.replace(/"token":\[masked\]/u, '"token":0'))).toMatchObject({ note: 'x', list: [{ secret: '[masked]' }] });
  });

  it('takes a known secret out of every form in which a text can carry it', () => {
    const secret = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' }).filter((text) => text.trim().length >= 6);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (known, before, after) => {
        const mask = createMask({ secrets: [known], names: new Map(), addresses: false });
        const base64 = Buffer.from(known).toString('base64').replace(/=+$/u, '');
        for (const form of [known, JSON.stringify(known).slice(1, -1), encodeURIComponent(known), base64]) {
          const { text } = mask(`${before} ${form} ${after}`);
          expect(text.includes(form) && !before.includes(form) && !after.includes(form) && !'[masked]'.includes(form)).toBe(false);
        }
      }),
    );
  });

  it('calls names and addresses by numbers, the same everywhere, when that is wished', () => {
    const mask = createMask({
      secrets: [],
      names: new Map([
        ['rack-1', 'sut-1'],
        ['ada', 'person-1'],
      ]),
      addresses: true,
    });
    expect(mask('Ada powers rack-1 at 10.1.2.3, not rack-12 at 10.1.2.4; 10.1.2.3 by 52:54:00:12:34:56').text).toBe(
      'person-1 powers sut-1 at address-2, not rack-12 at address-3; address-2 by mac-1',
    );
    expect(mask('fe80::1ff:fe23:4567:890a at 12:30:45').text).toMatch(/^address-\d+ at 12:30:45$/u);
  });
});
