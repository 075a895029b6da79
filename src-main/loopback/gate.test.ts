import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

function gate(now = () => 0) {
  const made = new Gate(now);
  made.listenOn(4711);
  return made;
}

function sessionOf(made: Gate): string {
  return made.redeem(made.issueTicket())?.split(';', 1)[0] ?? '';
}

describe('who may talk to a harness on loopback', () => {
  it('lets the owner token in, whole and only as a bearer', () => {
    const made = gate();
    const { ownerToken } = made;
    expect(made.entry(request({ authorization: `Bearer ${ownerToken}` }), true)).toBe('token');
    expect(made.entry(request({ authorization: `Bearer ${ownerToken.slice(0, -1)}` }), true)).toBeNull();
    expect(made.entry(request({ authorization: `Basic ${ownerToken}` }), true)).toBeNull();
    expect(made.entry(request({ authorization: 'Bearer ' }), true)).toBeNull();
    expect(made.entry(request({}), false)).toBeNull();
  });
  it('opens one session for one ticket, within ten minutes', () => {
    let now = 0;
    const made = gate(() => now);
    const ticket = made.issueTicket();
    expect(made.redeem(ticket)).toMatch(/HttpOnly; SameSite=Strict/u);
    expect(made.redeem(ticket)).toBeNull();
    expect(made.redeem('guess')).toBeNull();
    const late = made.issueTicket();
    now = 10 * 60_000 + 1;
    expect(made.redeem(late)).toBeNull();
  });
  it('lets a session read, and change only from our own page', () => {
    const made = gate();
    const cookie = sessionOf(made);
    expect(made.entry(request({ cookie }), false)).toBe('session');
    expect(made.entry(request({ cookie }), true)).toBeNull();
    expect(made.entry(request({ cookie, origin: 'http://elsewhere.example' }), true)).toBeNull();
    expect(made.entry(request({ cookie, origin: 'null' }), true)).toBeNull();
    expect(made.entry(request({ cookie: `a=b; ${cookie}`, origin: 'http://127.0.0.1:4711' }), true)).toBe('session');
  });
  it('ends a session after twelve hours and knows no other', () => {
    let now = 0;
    const made = gate(() => now);
    const cookie = sessionOf(made);
    expect(made.entry(request({ cookie: 'atn_session_4711=guess' }), false)).toBeNull();
    now = 12 * 60 * 60_000 + 1;
    expect(made.entry(request({ cookie }), false)).toBeNull();
  });
  it('answers to its own host only, so that no foreign name can be pointed at it', () => {
    const made = gate();
    expect(made.knowsHost(request({ host: '127.0.0.1:4711' }))).toBe(true);
    expect(made.knowsHost(request({ host: 'localhost:4711' }))).toBe(true);
    expect(made.knowsHost(request({ host: 'evil.example:4711' }))).toBe(false);
    expect(made.knowsHost(request({ host: '127.0.0.1:80' }))).toBe(false);
    expect(made.knowsHost(request({}))).toBe(false);
  });
});
