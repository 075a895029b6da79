import { setUserAccess, setUserPassword } from '../../commands/app/users.js';
import { getUserAccess } from '../../commands/app/users.js';
import { privilegeNames } from '../../commands/privilege.js';
import { readLanConfig, type LanConfig } from '../../operations/lan.js';
import { changePassword, readUsers } from '../../operations/users.js';
import { cliCommand, oneOf, wholeNumber, type CliCommand } from '../command.js';
import { hex, pairs, table } from '../format.js';
import { UsageError } from '../options.js';

const sources: Readonly<Record<string, string>> = {
  static: 'Static Address',
  dhcp: 'DHCP Address',
  bios: 'BIOS Assigned Address',
  unspecified: 'Unspecified',
  other: 'Other',
};
const authTitles: Readonly<Record<string, string>> = { none: 'NONE', md2: 'MD2', md5: 'MD5', password: 'PASSWORD', oem: 'OEM' };

function arpText(config: LanConfig): string {
  const word = (on: boolean | undefined): string => (on === true ? 'Enabled' : 'Disabled');
  return `ARP Responses ${word(config.arpResponses)}, Gratuitous ARP ${word(config.gratuitousArp)}`;
}

const progress: Readonly<Record<string, string>> = { complete: 'Set Complete', 'in-progress': 'Set In Progress', commit: 'Commit Write' };
const levels = ['Callback', 'User', 'Operator', 'Admin', 'OEM'] as const;

function enableRows(config: LanConfig): [string, string | undefined][] {
  const types = (index: number): string => (config.authEnables?.[index] ?? []).map((type) => authTitles[type] ?? type).join(' ');
  return levels.map((level, index): [string, string | undefined] => [
    index === 0 ? 'Auth Type Enable' : '',
    config.authEnables && `${level.padEnd(9)}: ${types(index)}`.trimEnd(),
  ]);
}

function headerText(header: NonNullable<LanConfig['ipHeader']>): string {
  return `TTL=0x${hex(header.ttl)} Flags=0x${hex(header.flags)} Precedence=0x${hex(header.precedence)} TOS=0x${hex(header.serviceType)}`;
}

function lanText(config: LanConfig): string {
  const rows: [string, string | undefined][] = [
    ['Set in Progress', config.setInProgress && (progress[config.setInProgress] ?? config.setInProgress)],
    ['Auth Type Support', config.authTypes?.map((type) => authTitles[type] ?? type).join(' ')],
    ...enableRows(config),
    ['IP Address Source', config.ipSource === undefined ? undefined : (sources[config.ipSource] ?? config.ipSource)],
    ['IP Address', config.ip],
    ['Subnet Mask', config.mask],
    ['MAC Address', config.mac],
    ['SNMP Community String', config.community],
    ['IP Header', config.ipHeader && headerText(config.ipHeader)],
    ['BMC ARP Control', config.arpResponses === undefined ? undefined : arpText(config)],
    ['Gratuitous ARP Intrvl', config.arpIntervalSeconds === undefined ? undefined : `${config.arpIntervalSeconds.toFixed(1)} seconds`],
    ['Default Gateway IP', config.gateway],
    ['Default Gateway MAC', config.gatewayMac],
    ['Backup Gateway IP', config.backupGateway],
    ['Backup Gateway MAC', config.backupGatewayMac],
    ['802.1q VLAN ID', config.vlanId === undefined ? 'Disabled' : String(config.vlanId)],
    ['802.1q VLAN Priority', config.vlanPriority === undefined ? undefined : String(config.vlanPriority)],
    ['RMCP+ Cipher Suites', config.suites?.join(',')],
    [
      'Cipher Suite Priv Max',
      config.suitePrivileges
        ?.map((level) => (level === 'unused' ? 'X' : (level[0] ?? '?')))
        .join('')
        .padEnd(15, 'X'),
    ],
    ['Bad Password Threshold', config.badPasswordThreshold === undefined ? 'Not Available' : String(config.badPasswordThreshold)],
  ];
  return pairs(
    rows.filter((row): row is [string, string] => row[1] !== undefined),
    24,
  );
}

const privileges = ['callback', 'user', 'operator', 'administrator', 'oem', 'no-access'] as const;

/** A level as ipmitool writes it. */
function privilegeText(privilege: string): string {
  const number = /^unknown-(\d+)$/.exec(privilege)?.[1];
  return number === undefined ? privilege.toUpperCase().replace('-', ' ') : `Unknown (0x${hex(Number(number))})`;
}

function userSwitch(word: 'enable' | 'disable'): CliCommand {
  return cliCommand({
    words: `user ${word}`,
    usage: 'ID',
    help: `${word} a user`,
    run: async (client, [id]) => {
      const userId = wholeNumber(id, 'the number of a user');
      await client.send(setUserPassword, { userId, twentyBytes: false, operation: word, password: Buffer.alloc(0) });
      return { userId, [word]: true };
    },
    text: () => `User ${word}d`,
  });
}

export const networkCommands: readonly CliCommand[] = [
  cliCommand({
    words: 'lan print',
    usage: '[CHANNEL]',
    help: 'network settings of the BMC',
    run: (client, [word]) => readLanConfig(client, word === undefined ? 1 : wholeNumber(word, 'a channel')),
    text: lanText,
  }),
  cliCommand({
    words: 'user list',
    usage: '[CHANNEL]',
    help: 'users and what they may do',
    run: (client, [word]) => readUsers(client, word === undefined ? undefined : wholeNumber(word, 'a channel')),
    text: (users) =>
      table(
        ['ID', 'Name', 'Callin', 'Link Auth', 'IPMI Msg', 'Enabled', 'Channel Priv Limit'],
        users.map((user) => [
          String(user.id),
          user.name,
          String(!user.callbackOnly),
          String(user.linkAuthentication),
          String(user.ipmiMessaging),
          user.enabled === undefined ? 'unknown' : String(user.enabled),
          privilegeText(user.privilege),
        ]),
      ),
  }),
  userSwitch('enable'),
  userSwitch('disable'),
  cliCommand({
    words: 'user set password',
    usage: 'ID (the new password is read from IPMI_NEW_PASSWORD)',
    help: 'set the password of a user',
    run: async (client, [id]) => {
      const password = process.env['IPMI_NEW_PASSWORD'];
      if (password === undefined) throw new UsageError('the new password is read from the environment variable IPMI_NEW_PASSWORD');
      const userId = wholeNumber(id, 'the number of a user');
      await changePassword(client, userId, password);
      return { userId, changed: true };
    },
    text: (value) => `Set User Password command successful (user ${value.userId})`,
  }),
  cliCommand({
    words: 'user priv',
    usage: `ID ${privileges.join('|')} [CHANNEL]`,
    help: 'highest privilege level of a user',
    run: async (client, [id, level, word]) => {
      const userId = wholeNumber(id, 'the number of a user');
      const privilege = oneOf(level, Object.values(privilegeNames));
      const channel = word === undefined ? 0x0e : wholeNumber(word, 'a channel');
      const { ipmiMessaging, linkAuthentication, callbackOnly } = await client.send(getUserAccess, { channel, userId });
      await client.send(setUserAccess, {
        channel,
        userId,
        privilege,
        ipmiMessaging,
        linkAuthentication,
        callbackOnly,
        changeFlags: false,
        sessionLimit: undefined,
      });
      return { userId, privilege };
    },
    text: (value) => `Set Privilege Level command successful (user ${value.userId})`,
  }),
];
