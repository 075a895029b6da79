import type { BootDevice, PowerAction } from '../capabilities.ts';
import type { Handlers, Task } from '../driver.ts';
import { DriverError } from '../driver-error.ts';
import { booleanAt, listAt, objectAt, textAt, textsAt, type Json } from './json.ts';
import { readLinked, readSystem, type RedfishLink } from './redfish-link.ts';
import { pause } from './service.ts';

type Has<C extends keyof Handlers<RedfishLink>> = NonNullable<Handlers<RedfishLink>[C]>;

/** What the standard calls each action, best first; the first that the service lists is taken. */
const RESETS: Readonly<Record<PowerAction, readonly string[]>> = {
  on: ['On', 'ForceOn', 'PushPowerButton'],
  off: ['ForceOff', 'PushPowerButton'],
  cycle: ['PowerCycle', 'FullPowerCycle'],
  reset: ['ForceRestart'],
  soft: ['GracefulShutdown', 'PushPowerButton'],
};
const WORDS = { cycle: 'power-cycle', reset: 'reset', soft: 'shut down' } as const;

export const power: Has<'power'> = {
  read: async (link, _args, task) => {
    const { system } = await readSystem(link, task);
    const state = powerOf(system);
    return { on: state !== 'Off', detail: ['On', 'Off'].includes(state) ? null : state };
  },
  set: async (link, { action }, task) => {
    const { system } = await readSystem(link, task);
    const isOn = powerOf(system) !== 'Off';
    if (action !== 'on' && action !== 'off' && !isOn) {
      throw new DriverError('OOBM_REFUSED', `The machine is off, so it cannot be asked to ${WORDS[action]}. Switch it on instead.`);
    }
    // A service without a power cycle can do it in two steps.
    if (action === 'cycle' && (await resetType(link, { system, action }, task)) === undefined) {
      await reset(link, { system, action: 'off' }, task);
      while (powerOf((await readSystem(link, task)).system) !== 'Off') await pause(500, task.signal);
      await reset(link, { system, action: 'on' }, task);
      return null;
    }
    await reset(link, { system, action }, task);
    return null;
  },
};

function powerOf(system: Json): string {
  const state = textAt(system, 'PowerState');
  if (state === null) throw new DriverError('OOBM_UNSUPPORTED', 'The Redfish service does not tell whether the machine is on.');
  return state;
}

interface Wanted {
  system: Json;
  action: PowerAction;
}

async function reset(link: RedfishLink, { system, action }: Wanted, task: Task): Promise<void> {
  const type = await resetType(link, { system, action }, task);
  const path = textAt(system, 'Actions', '#ComputerSystem.Reset', 'target');
  if (type === undefined || path === null)
    throw new DriverError('OOBM_UNSUPPORTED', `The Redfish service offers no way to switch the machine: ${action}.`);
  await link.service.change({ method: 'POST', path, body: { ResetType: type } }, task);
}

/** Listed in the resource itself or in its action's information; a service that lists nothing is believed to know the usual ones. */
async function resetType(link: RedfishLink, { system, action }: Wanted, task: Task): Promise<string | undefined> {
  const offered = objectAt(system, 'Actions', '#ComputerSystem.Reset');
  let listed = textsAt(offered, 'ResetType@Redfish.AllowableValues');
  const information = textAt(offered, '@Redfish.ActionInfo');
  if (listed.length === 0 && information !== null) {
    const parameters = listAt(await link.service.get(information, task), 'Parameters');
    const described = parameters.find((each) => textAt(each, 'Name') === 'ResetType');
    listed = textsAt(described, 'AllowableValues');
  }
  return RESETS[action].find((type) => listed.length === 0 || listed.includes(type));
}

const TO_REDFISH: Readonly<Record<BootDevice, string>> = {
  none: 'None',
  pxe: 'Pxe',
  disk: 'Hdd',
  cdrom: 'Cd',
  usb: 'Usb',
  bios: 'BiosSetup',
  http: 'UefiHttp',
};

export const bootDevice: Has<'bootDevice'> = {
  read: async (link, _args, task) => {
    const boot = objectAt((await readSystem(link, task)).system, 'Boot');
    const target = textAt(boot, 'BootSourceOverrideTarget');
    const enabled = textAt(boot, 'BootSourceOverrideEnabled');
    const mode = textAt(boot, 'BootSourceOverrideMode');
    const firmware = mode === null ? null : mode === 'UEFI' ? 'uefi' : 'bios';
    if (enabled === 'Disabled' || target === 'None') return { device: 'none', lasting: null, firmware };
    const found = Object.entries(TO_REDFISH).find(([, name]) => name === target);
    return { device: (found?.[0] as BootDevice | undefined) ?? null, lasting: enabled === 'Once' ? 'once' : 'always', firmware };
  },
  set: async (link, { device, lasting, firmware, uri }, task) => {
    const { path, system } = await readSystem(link, task);
    const boot = objectAt(system, 'Boot');
    const allowed = textsAt(boot, 'BootSourceOverrideTarget@Redfish.AllowableValues');
    const target = TO_REDFISH[device];
    const withdrawn = device === 'none';
    if (!withdrawn && allowed.length > 0 && !allowed.includes(target)) {
      throw new DriverError('OOBM_UNSUPPORTED', `The Redfish service cannot boot from ${device}; it offers ${allowed.join(', ')}.`);
    }
    const wanted = {
      BootSourceOverrideTarget: withdrawn ? targetOfNone(allowed, textAt(boot, 'BootSourceOverrideTarget')) : target,
      BootSourceOverrideEnabled: withdrawn ? 'Disabled' : lasting === 'once' ? 'Once' : 'Continuous',
      ...(firmware === undefined ? {} : { BootSourceOverrideMode: firmware === 'uefi' ? 'UEFI' : 'Legacy' }),
      ...(device === 'http' && uri !== undefined ? { HttpBootUri: uri } : {}),
    };
    await link.service.patch(path, { Boot: wanted }, task);
    return null;
  },
};

/** Some refuse `None`, some a change without a target, and some read nothing else: these then boot from the disk. */
function targetOfNone(allowed: readonly string[], present: string | null): string {
  if (allowed.length === 0 || allowed.includes('None')) return 'None';
  return allowed.includes('Hdd') ? 'Hdd' : (present ?? allowed[0] ?? 'None');
}

/** The light is at the system or at its chassis, and has an old and a new name. */
export const identify: Has<'identify'> = {
  read: async (link, _args, task) => {
    const { resource } = await findLight(link, task);
    const active = booleanAt(resource, 'LocationIndicatorActive');
    return { on: active ?? textAt(resource, 'IndicatorLED') !== 'Off' };
  },
  set: async (link, { on }, task) => {
    const { path, resource } = await findLight(link, task);
    const isNew = booleanAt(resource, 'LocationIndicatorActive') !== null;
    await link.service.patch(path, isNew ? { LocationIndicatorActive: on } : { IndicatorLED: on ? 'Blinking' : 'Off' }, task);
    return null;
  },
};

async function findLight(link: RedfishLink, task: Pick<Task, 'signal'>): Promise<{ path: string; resource: Json }> {
  const { path, system } = await readSystem(link, task);
  const places = [{ path, resource: system }];
  for (const chassis of await readLinked(link, 'Chassis', task)) {
    places.push({ path: textAt(chassis, '@odata.id') ?? '', resource: chassis });
  }
  const found = places.find(({ resource }) => 'LocationIndicatorActive' in resource || textAt(resource, 'IndicatorLED') !== null);
  if (found === undefined) throw new DriverError('OOBM_UNSUPPORTED', 'The Redfish service knows no light of this machine.');
  return found;
}
