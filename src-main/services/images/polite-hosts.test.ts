import { isPrivateAddress } from '@atn/content-store';
import { describe, expect, it } from 'vitest';
import { refusePrivate, sourceAddress } from './polite-hosts.ts';

describe('where images may come from', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
  ])('knows %s as private', (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(['8.8.8.8', '172.32.0.1', '2001:4860:4860::8888', '::ffff:8.8.8.8'])('knows %s as public', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
  it('refuses what is no address of the web, and secrets in it', () => {
    for (const text of ['file:///etc/passwd', 'ftp://a/b.iso', 'b.iso', 'https://user:word@mirror.example/a.iso'])
      expect(() => sourceAddress(text)).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' }) as Error);
    expect(sourceAddress('https://mirror.example/a.iso').hostname).toBe('mirror.example');
  });
  it('judges numbers at once, in every way of writing them', () => {
    for (const text of ['http://127.0.0.1/a', 'http://[::1]/a', 'http://0x7f000001/a', 'http://2130706433/a'])
      expect(() => refusePrivate(new URL(text), false)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }) as Error);
    expect(() => refusePrivate(new URL('http://127.0.0.1/a'), true)).not.toThrow();
  });
});
