import { bit, bits, choice, span } from '../../wire/bits.js';
import { bytes, empty, mapped, merge, optional, rest, struct, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';
import { privilegeNames } from '../privilege.js';

/** Get User Access (IPMI 2.0 22.27). `status` is unknown on BMCs older than the errata that brought it. */
export const getUserAccess = query({
  name: 'Get User Access',
  netFn: netFn.app,
  code: 0x44,
  request: merge(bits(1, { channel: span(0, 4) }), bits(1, { userId: span(0, 6) })),
  response: merge(
    bits(1, { maximumUsers: span(0, 6) }),
    bits(1, { enabledUsers: span(0, 6), status: choice(span(6, 2), { 0: 'unknown', 1: 'enabled', 2: 'disabled' }) }),
    bits(1, { fixedNames: span(0, 6) }),
    bits(1, { privilege: choice(span(0, 4), privilegeNames), ipmiMessaging: bit(4), linkAuthentication: bit(5), callbackOnly: bit(6) }),
  ),
});

/** Set User Access (IPMI 2.0 22.26); the three flags change only when `changeFlags`. */
export const setUserAccess = action({
  name: 'Set User Access',
  netFn: netFn.app,
  code: 0x43,
  request: merge(
    bits(1, { channel: span(0, 4), ipmiMessaging: bit(4), linkAuthentication: bit(5), callbackOnly: bit(6), changeFlags: bit(7) }),
    bits(1, { userId: span(0, 6) }),
    bits(1, { privilege: choice(span(0, 4), privilegeNames) }),
    struct({ sessionLimit: optional(u8) }),
  ),
  response: empty,
});

const name = mapped(
  bytes(16),
  (value) => value.toString('utf8').replace(/\0.*$/s, ''),
  (value: string) => Buffer.from(value, 'utf8'),
);

/** Get User Name (IPMI 2.0 22.29). An unset name is refused by some BMCs (CBh or CCh), empty from others. */
export const getUserName = query({
  name: 'Get User Name',
  netFn: netFn.app,
  code: 0x46,
  request: bits(1, { userId: span(0, 6) }),
  response: struct({ name }),
});

/** Set User Name (IPMI 2.0 22.28), up to 16 bytes. */
export const setUserName = action({
  name: 'Set User Name',
  netFn: netFn.app,
  code: 0x45,
  request: merge(bits(1, { userId: span(0, 6) }), struct({ name })),
  response: empty,
});

export const passwordOperations = { 0: 'disable', 1: 'enable', 2: 'set', 3: 'test' } as const;

/** Set User Password (IPMI 2.0 22.30). `password` is 16 or, with `twentyBytes`, 20 bytes; empty to enable or disable. */
export const setUserPassword = action({
  name: 'Set User Password',
  netFn: netFn.app,
  code: 0x47,
  request: merge(
    bits(1, { userId: span(0, 6), twentyBytes: bit(7) }),
    bits(1, { operation: choice(span(0, 2), passwordOperations) }),
    struct({ password: rest }),
  ),
  response: empty,
  completionCodes: { 0x80: 'the password does not match', 0x81: 'the password has the wrong size' },
});
