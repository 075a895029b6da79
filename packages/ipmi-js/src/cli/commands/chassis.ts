import { bootDevices, type BootDevice } from '../../commands/chassis/boot-options.js';
import { chassisIdentify, setPowerRestorePolicy } from '../../commands/chassis/control.js';
import { getChassisStatus, getPowerOnHours, getRestartCause } from '../../commands/chassis/status.js';
import { readBootFlags, setBootDevice } from '../../operations/boot.js';
import { controlPower, isPowerOn } from '../../operations/power.js';
import { cliCommand, oneOf, wholeNumber, type CliCommand } from '../command.js';
import { pairs } from '../format.js';
import { UsageError } from '../options.js';
import { statusText } from './chassis-status-text.js';

const actionWords = { on: 'Up/On', off: 'Down/Off', cycle: 'Cycle', reset: 'Reset', diag: 'Diag', soft: 'Soft' } as const;
const actions = Object.keys(actionWords) as (keyof typeof actionWords)[];

function power(prefix: string): CliCommand[] {
  const status = cliCommand({
    words: `${prefix} status`,
    help: 'is the machine under power',
    run: async (client) => ({ on: await isPowerOn(client) }),
    text: (value) => `Chassis Power is ${value.on ? 'on' : 'off'}`,
  });
  const control = actions.map((action) =>
    cliCommand({
      words: `${prefix} ${action}`,
      help: `power action: ${action}`,
      run: async (client) => {
        await controlPower(client, action);
        return { action };
      },
      text: (value) => `Chassis Power Control: ${actionWords[value.action]}`,
    }),
  );
  return [status, ...control];
}

const devices = Object.values(bootDevices);

function bootOptions(word: string | undefined): { persistent: boolean; efi: boolean } {
  if (word === undefined) return { persistent: false, efi: false };
  const names = word.replace(/^options=/, '').split(',');
  for (const name of names) oneOf(name, ['persistent', 'efiboot']);
  return { persistent: names.includes('persistent'), efi: names.includes('efiboot') };
}

const boot: CliCommand[] = [
  cliCommand({
    words: 'chassis bootdev',
    usage: `${devices.join('|')} [options=efiboot,persistent]`,
    help: 'device of the next boot',
    run: async (client, [device, options]) => {
      const choice: { device: BootDevice; persistent: boolean; efi: boolean } = { device: oneOf(device, devices), ...bootOptions(options) };
      await setBootDevice(client, choice);
      return choice;
    },
    text: (value) => `Set Boot Device to ${value.device}`,
  }),
  cliCommand({
    words: 'chassis bootparam get 5',
    help: 'boot flags as the BMC keeps them',
    run: (client) => readBootFlags(client),
    text: (flags) =>
      pairs([
        ['Boot Flag Valid', String(flags.valid)],
        ['Persistent', String(flags.persistent)],
        ['Boot Type', flags.efi ? 'EFI' : 'legacy'],
        ['Boot Device', String(flags.device)],
      ]),
  }),
];

const policies = ['always-off', 'previous', 'always-on'] as const;

export const chassisCommands: readonly CliCommand[] = [
  ...power('chassis power'),
  ...power('power'),
  ...boot,
  cliCommand({
    words: 'chassis status',
    help: 'power, faults, policy, intrusion',
    run: (client) => client.send(getChassisStatus, undefined),
    text: statusText,
  }),
  cliCommand({
    words: 'chassis identify',
    usage: '[SECONDS|force]',
    help: 'identify light',
    run: async (client, [word]) => {
      const seconds = word === undefined ? 15 : word === 'force' ? 0 : wholeNumber(word, 'a number of seconds');
      if (seconds > 255) throw new UsageError('at most 255 seconds');
      await client.send(chassisIdentify, { seconds, force: word === 'force' ? { indefinitely: true } : undefined });
      return { seconds: word === 'force' ? 'indefinite' : seconds };
    },
    text: (value) => `Chassis identify interval: ${value.seconds}${typeof value.seconds === 'number' ? ' seconds' : ''}`,
  }),
  cliCommand({
    words: 'chassis policy',
    usage: 'list|always-off|previous|always-on',
    help: 'what happens when mains power returns',
    run: async (client, [word]) => {
      const policy = oneOf(word, ['list', ...policies]);
      const supported = await client.send(setPowerRestorePolicy, { policy: policy === 'list' ? 'no-change' : policy });
      return { policy, supported };
    },
    text: ({ policy, supported }) => {
      if (policy !== 'list') return `Set chassis power restore policy to ${policy}`;
      const names = [supported.alwaysOff && 'always-off', supported.alwaysOn && 'always-on', supported.previous && 'previous'].filter(
        (name) => name !== false,
      );
      return `Supported chassis power policy:  ${names.join(' ')}`;
    },
  }),
  cliCommand({
    words: 'chassis restart_cause',
    help: 'why the machine started last',
    run: (client) => client.send(getRestartCause, undefined),
    text: (value) => `System restart cause: ${value.cause}`,
  }),
  cliCommand({
    words: 'chassis poh',
    help: 'hours under power',
    run: (client) => client.send(getPowerOnHours, undefined),
    text: (value) => {
      const hours = Math.floor((value.minutesPerCount * value.counter) / 60);
      return `POH Counter  : ${Math.floor(hours / 24)} days, ${hours % 24} hours`;
    },
  }),
];
