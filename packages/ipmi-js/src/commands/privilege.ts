/** Privilege levels of sessions, users and channels (IPMI 2.0 6.8). */
export const privilegeNames = { 1: 'callback', 2: 'user', 3: 'operator', 4: 'administrator', 5: 'oem', 15: 'no-access' } as const;

export type Privilege = (typeof privilegeNames)[keyof typeof privilegeNames];

const numbers: Readonly<Record<Privilege, number>> = { callback: 1, user: 2, operator: 3, administrator: 4, oem: 5, 'no-access': 15 };

export function privilegeNumber(privilege: Privilege): number {
  return numbers[privilege];
}
