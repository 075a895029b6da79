import type { Privilege } from '../../commands/privilege.js';

/** A user of a simulated BMC. */
export interface User {
  readonly id: number;
  name: string;
  password: Buffer;
  enabled: boolean;
  privilege: Privilege;
  /** Bits 0-2 of Get User Access as they stand for channel 1. */
  ipmiMessaging: boolean;
  linkAuthentication: boolean;
  callbackOnly: boolean;
  payloads: number;
}

export interface UserOptions {
  readonly name: string;
  readonly password: string;
  readonly privilege?: Privilege;
  readonly enabled?: boolean;
}

const slots = 10;

function emptyUser(id: number): User {
  return {
    id,
    name: '',
    password: Buffer.alloc(0),
    enabled: false,
    privilege: 'no-access',
    ipmiMessaging: false,
    linkAuthentication: false,
    callbackOnly: false,
    payloads: 0,
  };
}

/** Ten users; slot 1 is the null user and disabled, as the specification has it. */
export class UserTable {
  readonly users: readonly User[] = Array.from({ length: slots }, (_, index) => emptyUser(index + 1));

  constructor(options: readonly UserOptions[]) {
    for (const [index, option] of options.entries()) {
      const user = this.users[index + 1];
      if (user === undefined) throw new RangeError(`a simulated BMC has ${slots - 1} users`);
      user.name = option.name;
      user.password = Buffer.from(option.password, 'utf8');
      user.enabled = option.enabled ?? true;
      user.privilege = option.privilege ?? 'administrator';
      user.ipmiMessaging = true;
      user.linkAuthentication = true;
      user.payloads = 0x02;
    }
  }

  byId(id: number): User | undefined {
    return this.users[id - 1];
  }

  /** An enabled user of that name; slot 1 only for the empty name. */
  byName(name: string): User | undefined {
    return this.users.find((user) => user.enabled && user.name === name && (user.id === 1) === (name === ''));
  }
}
