import { getChannelAccess, getChannelInfo, setChannelAccess } from '../../commands/app/channel.js';
import { getUserAccess, getUserName, setUserAccess, setUserName, setUserPassword } from '../../commands/app/users.js';
import { privilegeNames } from '../../commands/privilege.js';
import { equalCodes } from '../../crypto/rakp.js';
import { paddedKey } from '../../crypto/session-keys.js';
import { completion } from '../../wire/completion-codes.js';
import { CompletionFault, type HandlerTable } from '../handler-table.js';
import type { BmcState } from '../state/index.js';
import type { User } from '../state/users.js';

const lanChannel = 1;
const presentChannel = 0x0e;

function onlyLan(channel: number): void {
  if (channel !== lanChannel && channel !== presentChannel) throw new CompletionFault(completion.invalidField);
}

/** Users, passwords and channel settings. Channel 1 is the LAN. */
export function addUserHandlers(table: HandlerTable, state: BmcState): void {
  const userOf = (id: number): User => {
    const user = state.users.byId(id);
    if (user === undefined) throw new CompletionFault(completion.invalidField);
    return user;
  };
  table.on(getUserAccess, 'operator', (request) => {
    onlyLan(request.channel);
    const user = userOf(request.userId);
    return {
      maximumUsers: state.users.users.length,
      enabledUsers: state.users.users.filter((one) => one.enabled).length,
      fixedNames: 1,
      status: user.enabled ? 'enabled' : 'disabled',
      privilege: user.privilege,
      ipmiMessaging: user.ipmiMessaging,
      linkAuthentication: user.linkAuthentication,
      callbackOnly: user.callbackOnly,
    } as const;
  });
  table.on(setUserAccess, 'administrator', (request) => {
    onlyLan(request.channel);
    const user = userOf(request.userId);
    const privilege =
      typeof request.privilege === 'number' ? privilegeNames[request.privilege as keyof typeof privilegeNames] : request.privilege;
    if (privilege === undefined) throw new CompletionFault(completion.invalidField);
    user.privilege = privilege;
    if (!request.changeFlags) return;
    user.ipmiMessaging = request.ipmiMessaging;
    user.linkAuthentication = request.linkAuthentication;
    user.callbackOnly = request.callbackOnly;
  });
  table.on(getUserName, 'operator', (request) => ({ name: userOf(request.userId).name }));
  table.on(setUserName, 'administrator', (request) => {
    if (request.userId === 1) throw new CompletionFault(completion.invalidField);
    userOf(request.userId).name = request.name;
  });
  addPasswords(table, userOf);
  addChannels(table, state);
}

function addPasswords(table: HandlerTable, userOf: (id: number) => User): void {
  table.on(setUserPassword, 'administrator', (request) => {
    const user = userOf(request.userId);
    const size = request.twentyBytes ? 20 : 16;
    const needsPassword = request.operation === 'set' || request.operation === 'test';
    if (needsPassword && request.password.length !== size) throw new CompletionFault(completion.lengthInvalid);
    if (request.operation === 'disable') user.enabled = false;
    if (request.operation === 'enable') user.enabled = true;
    if (request.operation === 'set') user.password = trimmed(request.password);
    if (request.operation === 'test' && !equalCodes(paddedKey(user.password), paddedKey(request.password))) throw new CompletionFault(0x80);
  });
}

function trimmed(password: Buffer): Buffer {
  let end = password.length;
  while (end > 0 && password[end - 1] === 0) end -= 1;
  return Buffer.from(password.subarray(0, end));
}

function addChannels(table: HandlerTable, state: BmcState): void {
  table.on(getChannelInfo, 'user', (request) => {
    onlyLan(request.channel);
    return {
      channel: lanChannel,
      medium: '802.3 LAN',
      protocol: 'IPMB-1.0',
      activeSessions: state.sessions.size,
      sessionSupport: 'multi',
      vendorId: 7154,
      auxiliary: Buffer.alloc(2),
    } as const;
  });
  table.on(getChannelAccess, 'user', (request) => {
    onlyLan(request.channel);
    return {
      mode: 'always',
      userLevelAuthentication: true,
      perMessageAuthentication: true,
      pefAlerting: false,
      privilegeLimit: 'administrator',
    } as const;
  });
  // The one channel is always open: only settings that keep it so are taken.
  table.on(setChannelAccess, 'administrator', (request) => {
    onlyLan(request.channel);
    if (request.changeAccess !== 'keep' && request.mode !== 'always') throw new CompletionFault(0x83);
    if (request.changeLimit !== 'keep' && request.privilegeLimit !== 'administrator') throw new CompletionFault(completion.invalidField);
  });
}
