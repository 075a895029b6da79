import { expect, it } from 'vitest';
import { howToOpen } from './external-address.ts';

it.each([
  ['http://127.0.0.1:4711/r/abc/log.html', 'open'],
  ['http://localhost:4711/', 'open'],
  ['http://[::1]:4711/', 'open'],
  ['https://robotframework.org/', 'ask'],
  ['http://robotframework.org/', 'refuse'],
  ['http://127.0.0.1.example.org/', 'refuse'],
  ['http://127.0.0.1@example.org/', 'refuse'],
  ['https://user:word@example.org/', 'refuse'],
  ['file:///etc/passwd', 'refuse'],
  ['javascript:alert(1)', 'refuse'],
  ['smb://server/share', 'refuse'],
  ['no address', 'refuse'],
])('%s: %s', (url, expected) => {
  expect(howToOpen(url)).toBe(expected);
});
