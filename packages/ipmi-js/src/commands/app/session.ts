import { bit, bits, choice, span } from '../../wire/bits.js';
import { bytes, empty, merge, optional, rest, struct, u16, u32, u8 } from '../../wire/codec.js';
import { action, query } from '../../wire/command.js';
import { netFn } from '../../wire/net-fn.js';
import { privilegeNames } from '../privilege.js';

/** Activate Session, IPMI 1.5 sessions (IPMI 2.0 22.17). */
export const activateSession = action({
  name: 'Activate Session',
  netFn: netFn.app,
  code: 0x3a,
  request: struct({ authType: u8, privilege: u8, challenge: bytes(16), initialOutbound: u32 }),
  response: struct({ authType: u8, sessionId: u32, initialInbound: u32, privilege: u8 }),
  completionCodes: {
    0x81: 'no session slot is free',
    0x82: 'no session slot is free for this user',
    0x83: 'no session slot is free at this privilege level',
    0x84: 'the session sequence number is out of range',
    0x85: 'the temporary session id is not valid',
    0x86: 'the privilege level is above the limit of the user or channel',
  },
});

const level = bits(1, { privilege: choice(span(0, 4), privilegeNames) });

/** Set Session Privilege Level (IPMI 2.0 22.18); 0 asks for the present level. */
export const setSessionPrivilege = query({
  name: 'Set Session Privilege Level',
  netFn: netFn.app,
  code: 0x3b,
  request: level,
  response: level,
  completionCodes: {
    0x80: 'that privilege level is not available for this user',
    0x81: 'that privilege level is above the limit of the user or channel',
    0x82: 'user level authentication cannot be disabled',
  },
});

/** Close Session (IPMI 2.0 22.19). */
export const closeSession = action({
  name: 'Close Session',
  netFn: netFn.app,
  code: 0x3c,
  request: struct({ sessionId: u32 }),
  response: empty,
  completionCodes: { 0x87: 'the session id is not known', 0x88: 'the session handle is not known' },
});

/** Get Session Info (IPMI 2.0 22.20) of the present session (index 0) or the n-th active one. */
export const getSessionInfo = query({
  name: 'Get Session Info',
  netFn: netFn.app,
  code: 0x3d,
  request: struct({ index: u8 }),
  response: merge(struct({ handle: u8 }), bits(1, { possible: span(0, 6) }), bits(1, { active: span(0, 6) }), optionalDetails()),
});

/** Fields that are only there when the index names an active session. */
function optionalDetails() {
  return struct({
    userId: optional(u8),
    privilege: optional(u8),
    channelAndProtocol: optional(u8),
    remoteAddress: optional(bytes(4)),
    remoteMac: optional(bytes(6)),
    remotePort: optional(u16),
  });
}

const instance = merge(bits(1, { payloadType: span(0, 6) }), bits(1, { instance: span(0, 4) }));

/** Activate Payload (IPMI 2.0 24.1). For SOL `auxiliary` says encryption and authentication of the payload's packets. */
export const activatePayload = action({
  name: 'Activate Payload',
  netFn: netFn.app,
  code: 0x48,
  request: merge(
    instance,
    bits(1, { serialAlertsFail: bit(2), serialAlertsDeferred: bit(3), testMode: bit(5), authenticated: bit(6), encrypted: bit(7) }),
    struct({ auxiliary: bytes(3) }),
  ),
  response: struct({ auxiliary: bytes(4), inboundSize: u16, outboundSize: u16, port: u16, vlan: u16 }),
  completionCodes: {
    0x80: 'the payload is active in another session',
    0x81: 'the payload type is disabled',
    0x82: 'the limit of payload activations is reached',
    0x83: 'the payload cannot be activated with encryption',
    0x84: 'the payload cannot be activated without encryption',
  },
});

/** Deactivate Payload (IPMI 2.0 24.2). */
export const deactivatePayload = action({
  name: 'Deactivate Payload',
  netFn: netFn.app,
  code: 0x49,
  request: merge(instance, struct({ auxiliary: bytes(4) })),
  response: empty,
  completionCodes: { 0x80: 'the payload is not active', 0x81: 'the payload type is disabled' },
});

/** Get Payload Activation Status (IPMI 2.0 24.4): bit n of `active` is instance n+1. */
export const getPayloadActivationStatus = query({
  name: 'Get Payload Activation Status',
  netFn: netFn.app,
  code: 0x4a,
  request: struct({ payloadType: u8 }),
  response: struct({ capacity: u8, active: u16 }),
});

/** Set User Payload Access and Get User Payload Access (IPMI 2.0 24.6, 24.7) as raw enable bits. */
export const getUserPayloadAccess = query({
  name: 'Get User Payload Access',
  netFn: netFn.app,
  code: 0x4d,
  request: struct({ channel: u8, userId: u8 }),
  response: struct({ standard: u16, oem: optional(u16) }),
});

export const setUserPayloadAccess = action({
  name: 'Set User Payload Access',
  netFn: netFn.app,
  code: 0x4c,
  request: merge(struct({ channel: u8 }), bits(1, { userId: span(0, 6), disable: bit(6) }), struct({ standard: u16, oem: u16 })),
  response: rest,
});
