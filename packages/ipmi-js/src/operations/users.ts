import { getUserAccess, getUserName, setUserPassword } from '../commands/app/users.js';
import type { Sender } from '../client/sender.js';
import { completion } from '../wire/completion-codes.js';
import { isCompletion } from '../wire/command.js';
import { IpmiError } from '../wire/errors.js';

export interface UserEntry {
  readonly id: number;
  readonly name: string;
  /** Undefined where the BMC does not say. */
  readonly enabled: boolean | undefined;
  readonly callbackOnly: boolean;
  readonly linkAuthentication: boolean;
  readonly ipmiMessaging: boolean;
  readonly privilege: string;
}

async function nameOf(sender: Sender, userId: number): Promise<string> {
  try {
    return (await sender.send(getUserName, { userId })).name;
  } catch (error) {
    if (isCompletion(error, completion.notPresent, completion.invalidField)) return '';
    throw error;
  }
}

/** All user slots of a channel (IPMI 2.0 22.27, 22.29). */
export async function readUsers(sender: Sender, channel = 0x0e): Promise<UserEntry[]> {
  const out: UserEntry[] = [];
  let count = 1;
  for (let userId = 1; userId <= count; userId += 1) {
    const access = await sender.send(getUserAccess, { channel, userId });
    count = access.maximumUsers;
    out.push({
      id: userId,
      name: await nameOf(sender, userId),
      enabled: access.status === 'enabled' ? true : access.status === 'disabled' ? false : undefined,
      callbackOnly: access.callbackOnly,
      linkAuthentication: access.linkAuthentication,
      ipmiMessaging: access.ipmiMessaging,
      privilege: typeof access.privilege === 'number' ? `unknown-${access.privilege}` : access.privilege,
    });
  }
  return out;
}

/**
 * Sets the password of a user. Up to 16 bytes are stored in the form every BMC knows, longer ones (up to 20) in the IPMI 2.0
 * form. Throws IpmiError BAD_CREDENTIALS when it is too long.
 */
export async function changePassword(sender: Sender, userId: number, password: string): Promise<void> {
  const bytes = Buffer.from(password, 'utf8');
  if (bytes.length > 20) throw new IpmiError('BAD_CREDENTIALS', 'the password is longer than 20 bytes');
  const twentyBytes = bytes.length > 16;
  const padded = Buffer.concat([bytes], twentyBytes ? 20 : 16);
  await sender.send(setUserPassword, { userId, twentyBytes, operation: 'set', password: padded });
}
