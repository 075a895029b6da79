import {
  getChannelAuthenticationCapabilities,
  getChannelCipherSuites,
  getSessionChallenge,
} from '../../commands/app/channel-authentication.js';
import { coldReset, getDeviceGuid, getSelfTest, getSystemGuid, warmReset } from '../../commands/app/device.js';
import { getDeviceId } from '../../commands/app/get-device-id.js';
import { closeSession, getSessionInfo, setSessionPrivilege } from '../../commands/app/session.js';
import { privilegeNames, privilegeNumber } from '../../commands/privilege.js';
import { authenticationNumbers, confidentialityNumbers, findSuite, integrityNumbers } from '../../crypto/suites.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type Caller, type HandlerTable } from '../handler-table.js';
import type { SimSession } from '../session-table.js';
import type { BmcState } from '../state/index.js';

/** Identity, resets and everything about sessions. */
export function addAppHandlers(table: HandlerTable, state: BmcState): void {
  const { identity } = state;
  table.on(getDeviceId, 'user', () => ({
    deviceId: identity.deviceId,
    deviceRevision: 1,
    providesDeviceSdrs: false,
    firmwareMajor: identity.firmware[0],
    available: true,
    firmwareMinor: identity.firmware[1],
    ipmiVersion: 0x02,
    sensorDevice: true,
    sdrRepositoryDevice: true,
    selDevice: true,
    fruInventoryDevice: true,
    ipmbEventReceiver: false,
    ipmbEventGenerator: false,
    bridge: false,
    chassisDevice: true,
    manufacturerId: identity.manufacturerId,
    productId: identity.productId,
    auxiliaryFirmware: Buffer.alloc(4),
  }));
  table.on(getSystemGuid, 'open', () => ({ guid: identity.guid }));
  table.on(getDeviceGuid, 'user', () => ({ guid: identity.guid }));
  table.on(getSelfTest, 'user', () => ({ result: 0x55, detail: 0 }));
  table.on(coldReset, 'administrator', () => setImmediate(() => state.reset()) && undefined);
  table.on(warmReset, 'administrator', () => setImmediate(() => state.reset()) && undefined);
  addAuthentication(table, state);
  addSessions(table, state);
}

function addAuthentication(table: HandlerTable, state: BmcState): void {
  const allowed = state.legacy.allowed;
  table.on(getChannelAuthenticationCapabilities, 'open', (request) => ({
    channel: 1,
    none: allowed.includes('none'),
    md2: false,
    md5: allowed.includes('md5'),
    password: allowed.includes('password'),
    oem: false,
    extended: request.wantsIpmi20,
    anonymousLogin: false,
    nullUserNames: false,
    nonNullUserNames: true,
    userLevelAuthentication: true,
    perMessageAuthentication: true,
    kgSet: state.kgSet,
    ipmi15: allowed.length > 0,
    ipmi20: true,
    oemId: 0,
    oemData: 0,
  }));
  const records = Buffer.concat(state.suites.map(suiteRecord));
  table.on(getChannelCipherSuites, 'open', (request) => ({
    channel: 1,
    records: records.subarray(request.index * 16, request.index * 16 + 16),
  }));
  table.on(getSessionChallenge, 'open', (request) => state.legacy.challenge(request));
}

function suiteRecord(id: number): Buffer {
  const suite = findSuite(id);
  if (suite === undefined) return Buffer.alloc(0);
  return Buffer.from([
    0xc0,
    id,
    authenticationNumbers[suite.authentication],
    0x40 | integrityNumbers[suite.integrity],
    0x80 | confidentialityNumbers[suite.confidentiality],
  ]);
}

function sessionOf(caller: Caller): SimSession {
  if (caller.session === undefined) throw new CompletionFault(completion.invalidState);
  return caller.session;
}

function levelName(number: number): (typeof privilegeNames)[keyof typeof privilegeNames] | number {
  return privilegeNames[number as keyof typeof privilegeNames] ?? number;
}

function addSessions(table: HandlerTable, state: BmcState): void {
  table.on(setSessionPrivilege, 'callback', (request, caller) => {
    const session = sessionOf(caller);
    const wanted = typeof request.privilege === 'number' ? request.privilege : privilegeNumber(request.privilege);
    if (wanted > session.limit) throw new CompletionFault(wanted > privilegeNumber(session.user.privilege) ? 0x80 : 0x81);
    if (wanted !== 0) session.privilege = wanted;
    return { privilege: levelName(session.privilege) };
  });
  table.on(closeSession, 'callback', (request, caller) => {
    const own = sessionOf(caller);
    const id = request.sessionId;
    if (id !== own.id && own.privilege < 4) throw new CompletionFault(completion.insufficientPrivilege);
    if (state.sessions.find(id) === undefined) throw new CompletionFault(0x87);
    // The answer still goes out under the session, so it ends a moment later.
    setImmediate(() => state.sessions.close(id));
  });
  table.on(getSessionInfo, 'user', (request, caller) => {
    const active = state.sessions.list();
    const counts = { possible: state.sessions.limit, active: active.length };
    const session = request.index === 0 ? caller.session : active[request.index - 1];
    if (session === undefined) {
      return {
        handle: 0,
        ...counts,
        userId: undefined,
        privilege: undefined,
        channelAndProtocol: undefined,
        remoteAddress: undefined,
        remoteMac: undefined,
        remotePort: undefined,
      };
    }
    const remoteAddress = Buffer.from(session.peer.address.split('.').map(Number));
    return {
      handle: session.handle,
      ...counts,
      userId: session.user.id,
      privilege: session.privilege,
      channelAndProtocol: session.isRmcpPlus ? 0x11 : 0x01,
      remoteAddress: remoteAddress.length === 4 ? remoteAddress : Buffer.alloc(4),
      remoteMac: Buffer.alloc(6),
      remotePort: session.peer.port,
    };
  });
}
