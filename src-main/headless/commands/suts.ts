import { BootDevice, PowerAction } from '../../../src-shared/model/machine.ts';
import type { FoundMachine } from '../../../src-shared/contract/harness/sut-operations.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { findSut, seenSuts } from '../find-sut.ts';
import { wholeNumber } from '../command-line.ts';
import { columns } from '../output.ts';
import { oneOf, onlyOf } from '../sub-command.ts';
import { addFromFile, asked, exportToFile, identify, inventory, media, onSut, remove, setAside, type SutValues } from '../sut-deeds.ts';
import { attachConsole } from '../sut-console.ts';
import { cardText, entryLine, sensorLine, sutLine, sutText } from '../sut-text.ts';
import { UsageError } from '../usage.ts';

const OPTIONS = {
  file: { type: 'string' },
  clear: { type: 'boolean' },
  always: { type: 'boolean' },
  reason: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  rate: { type: 'string' },
  format: { type: 'string' },
  'dry-run': { type: 'boolean' },
  drive: { type: 'string' },
  'ipmi-port': { type: 'string' },
  'redfish-port': { type: 'string' },
} as const;

type Work = (context: CommandContext) => Promise<number>;
type Deed = (words: string[], values: SutValues) => Work;

/** `atn suts`: machines, and what is done to them out of band. */
export const suts: Command = (line) => {
  const values: SutValues = line.options(OPTIONS);
  const [deed = 'list', ...words] = line.words;
  return oneOf(DEEDS, 'suts', deed)(words, values);
};

const DEEDS: Readonly<Record<string, Deed>> = {
  list,
  show,
  add: addFromFile,
  export: exportToFile,
  verify,
  power,
  bootdev,
  media,
  identify,
  inventory,
  maintenance: setAside('maintenance'),
  quarantine: setAside('quarantine'),
  remove,
  sensors,
  sel,
  events,
  discover,
  console: consoleOf,
};

function list(words: string[]): Work {
  if (words.length > 0) throw new UsageError(`What is "${words.join(' ')}"?`);
  return async (context) => {
    const found = await seenSuts(context);
    context.output.answer(found, () => (found.length === 0 ? 'No machine yet.' : columns(found.map(sutLine))));
    return EXIT.passed;
  };
}

function show(words: string[]): Work {
  const name = onlyOf(words, 'NAME');
  return async (context) => {
    const sut = (await seenSuts(context)).find((each) => each.name === name) ?? (await findSut(context, name));
    context.output.answer(sut, () => sutText(sut));
    return EXIT.passed;
  };
}

function verify(words: string[]): Work {
  return onSut(words, async ({ client, output }, { id }) => {
    for await (const event of await client.suts.verify({ id })) {
      if (event.type === 'checked') output.progress(cardText([event.check]));
      else output.answer(event.sut.card, () => cardText(event.sut.card));
      if (event.type === 'done') return event.sut.card.some(({ outcome }) => outcome === 'works') ? EXIT.passed : EXIT.error;
    }
    return EXIT.error;
  });
}

function power([name, action, ...more]: string[], values: SutValues): Work {
  if (name === undefined || action === undefined || more.length > 0) throw new UsageError(`suts power takes NAME and ${POWER_WORDS}.`);
  if (action === 'status') {
    return onSut([name], async ({ client, output }, { id }) => {
      const status = await client.suts.powerStatus({ id });
      output.answer(status, () => (status.on ? 'on' : 'off'));
      return EXIT.passed;
    });
  }
  const wanted = PowerAction.safeParse(action);
  if (!wanted.success) throw new UsageError(`suts power takes ${POWER_WORDS}, not "${action}".`);
  return onSut([name], async ({ client, output }, { id }) => {
    const done = await client.suts.power({ id, action: wanted.data, ...asked(values) });
    output.answer(done, () => `${name}: power ${action}, by ${done.provider} in ${Math.round(done.tookMs)} ms`);
    return EXIT.passed;
  });
}

const POWER_WORDS = [...PowerAction.options, 'status'].join(', ');

function bootdev([name, word, ...more]: string[], values: SutValues): Work {
  const device = BootDevice.safeParse(word);
  if (name === undefined || !device.success || more.length > 0)
    throw new UsageError(`suts bootdev takes NAME and ${BootDevice.options.join(', ')}.`);
  return onSut([name], async ({ client, output }, { id }) => {
    const lasting = values.always === true ? 'always' : 'once';
    const done = await client.suts.bootDevice({ id, device: device.data, lasting, ...asked(values) });
    output.answer(done, () => `${name}: boots from ${device.data} ${lasting}`);
    return EXIT.passed;
  });
}

function sensors(words: string[]): Work {
  return onSut(words, async ({ client, output }, { id }) => {
    const { sensors: found } = await client.suts.sensors({ id });
    output.answer(found, () => columns(found.map(sensorLine)));
    return EXIT.passed;
  });
}

function sel(words: string[], values: SutValues): Work {
  return onSut(words, async ({ client, output }, { id, name }) => {
    if (values.clear === true) {
      const done = await client.suts.clearEventLog({ id, ...asked(values) });
      output.answer(done, () => `${name}: event log cleared`);
      return EXIT.passed;
    }
    const log = await client.suts.eventLog({ id });
    output.answer(log, () => (log.entries.length === 0 ? 'The event log is empty.' : columns(log.entries.map(entryLine))));
    return EXIT.passed;
  });
}

function events(words: string[]): Work {
  return onSut(words, async ({ client, output }, { id }) => {
    const found = await client.suts.events({ id });
    const rows = () =>
      columns(found.map((each) => [new Date(each.at).toISOString(), each.who, each.what, each.outcome, each.message ?? '']));
    output.answer(found, () => (found.length === 0 ? 'Nothing happened to it yet.' : rows()));
    return EXIT.passed;
  });
}

function discover(ranges: string[], values: SutValues): Work {
  if (ranges.length === 0) throw new UsageError('Name the addresses to search: 10.20.4.0/24, 10.20.4.10-40.');
  const perSecond = wholeNumber(values.rate, 'rate', 5);
  const ipmiPort = wholeNumber(values['ipmi-port'], 'ipmi-port', 1);
  const redfishPort = wholeNumber(values['redfish-port'], 'redfish-port', 1);
  return async ({ client, output, interrupted }) => {
    const found: FoundMachine[] = [];
    const given = Object.entries({ perSecond, ipmiPort, redfishPort }).filter(([, number]) => number !== undefined);
    const request = { ranges, ...(Object.fromEntries(given) as Partial<Record<'perSecond' | 'ipmiPort' | 'redfishPort', number>>) };
    for await (const event of await client.suts.discover(request, { signal: interrupted })) {
      if (event.type === 'found') found.push(event.machine);
      if (event.type === 'progress') output.progress(`${event.done} of ${event.total} addresses asked, ${event.found} found`);
    }
    output.answer(found, () => (found.length === 0 ? 'No BMC answered.' : columns(found.map(foundLine))));
    return EXIT.passed;
  };
}

function foundLine({ address, ipmiPort, redfish, sutName }: FoundMachine): string[] {
  const product = [redfish?.vendor, redfish?.product].filter(Boolean).join(' ');
  return [address, ipmiPort === null ? '-' : 'ipmi', redfish === null ? '-' : `redfish ${redfish.version}`, product, sutName ?? 'new'];
}

function consoleOf(words: string[], { yes }: SutValues): Work {
  return onSut(words, (context, sut) => attachConsole(context, { sut, confirmed: yes === true }));
}
