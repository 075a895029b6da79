import {
  activatePayload,
  deactivatePayload,
  getPayloadActivationStatus,
  getUserPayloadAccess,
  setUserPayloadAccess,
} from '../../commands/app/session.js';
import { getLanParameter, setLanParameter } from '../../commands/transport/lan.js';
import { getSolParameter, setSolParameter } from '../../commands/transport/sol.js';
import { payloadType } from '../../rmcpplus/packet.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type HandlerTable } from '../handler-table.js';
import type { BmcState } from '../state/index.js';

/** SOL activation, SOL and LAN settings. */
export function addPayloadHandlers(table: HandlerTable, state: BmcState): void {
  table.on(activatePayload, 'user', (request, caller) => {
    if (request.payloadType !== payloadType.sol || request.instance !== 1) throw new CompletionFault(completion.invalidField);
    if (caller.session === undefined) throw new CompletionFault(completion.invalidState);
    if ((state.solSettings.get(1)?.[0] ?? 0) === 0) throw new CompletionFault(0x81);
    if (state.sol.holder !== undefined && state.sol.holder !== caller.session) throw new CompletionFault(0x80);
    if (state.sol.holder !== undefined) throw new CompletionFault(0x80);
    const { session } = caller;
    // The console must hear the answer before the first characters.
    setImmediate(() => state.sol.activate(session));
    const port = state.solSettings.get(8)?.readUInt16LE() ?? 623;
    return { auxiliary: Buffer.alloc(4), inboundSize: state.sol.payloadSize, outboundSize: state.sol.payloadSize, port, vlan: 0xffff };
  });
  table.on(deactivatePayload, 'user', (request, caller) => {
    const { holder } = state.sol;
    if (request.payloadType !== payloadType.sol || holder === undefined) throw new CompletionFault(0x80);
    if (holder === caller.session) state.sol.deactivate(holder);
    else if (caller.privilege >= 4) state.sol.evict();
    else throw new CompletionFault(completion.insufficientPrivilege);
  });
  table.on(getPayloadActivationStatus, 'user', (request) => ({
    capacity: 1,
    active: request.payloadType === payloadType.sol && state.sol.holder !== undefined ? 1 : 0,
  }));
  table.on(getUserPayloadAccess, 'operator', (request) => {
    const user = state.users.byId(request.userId & 0x3f);
    if (user === undefined) throw new CompletionFault(completion.invalidField);
    return { standard: user.payloads, oem: 0 };
  });
  table.on(setUserPayloadAccess, 'administrator', (request) => {
    const user = state.users.byId(request.userId);
    if (user === undefined) throw new CompletionFault(completion.invalidField);
    user.payloads = request.disable ? user.payloads & ~request.standard : user.payloads | request.standard;
    return Buffer.alloc(0);
  });
  addParameters(table, state);
}

function addParameters(table: HandlerTable, state: BmcState): void {
  const known = (from: Map<number, Buffer>, parameter: number): Buffer => {
    const data = from.get(parameter);
    if (data === undefined) throw new CompletionFault(0x80);
    return data;
  };
  table.on(getLanParameter, 'operator', (request) => ({
    revision: 0x11,
    data: request.revisionOnly ? Buffer.alloc(0) : known(state.lan, request.parameter),
  }));
  table.on(setLanParameter, 'administrator', (request) => {
    known(state.lan, request.parameter);
    state.lan.set(request.parameter, Buffer.from(request.data));
  });
  table.on(getSolParameter, 'user', (request) => ({
    revision: 0x11,
    data: request.revisionOnly ? Buffer.alloc(0) : known(state.solSettings, request.parameter),
  }));
  table.on(setSolParameter, 'administrator', (request) => {
    const before = known(state.solSettings, request.parameter);
    if (request.parameter >= 7) throw new CompletionFault(0x82);
    if (request.data.length !== before.length) throw new CompletionFault(completion.lengthInvalid);
    state.solSettings.set(request.parameter, Buffer.from(request.data));
  });
}
