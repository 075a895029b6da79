import { bringWords, NOTHING_BROUGHT, type BringLimits } from '../../../src-shared/model/bring-limits.ts';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import { consoleWords, RemoteConsoles } from '../../../src-shared/model/remote-consoles.ts';
import type { Command, HarnessClient } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { localTime } from '../run-text.ts';
import { oneOf } from '../sub-command.ts';
import { UsageError } from '../usage.ts';

type Work = (client: HarnessClient) => Promise<HubStatus>;

/** `atn hub`: where this harness is enrolled, and what it shares there. */
export const hub: Command = (line) => {
  line.options({});
  const [deed = 'status', ...words] = line.words;
  const work = oneOf(DEEDS, 'hub', deed)(words);
  return async ({ client, output }) => {
    const status = await work(client);
    output.answer(status, () => text(status));
    return EXIT.passed;
  };
};

const DEEDS: Readonly<Record<string, (words: string[]) => Work>> = {
  status: bare((client) => client.hub.status()),
  connect: (words) => {
    const [url, code, ...more] = words;
    if (url === undefined || code === undefined || more.length > 0)
      throw new UsageError('The address of the hub and a one-time code are needed.');
    return (client) => client.hub.connect({ url, code });
  },
  leave: bare((client) => client.hub.leave()),
  retry: bare((client) => client.hub.retry()),
  share: (suts) => (client) => client.hub.share({ suts: named(suts), shared: true }),
  unshare: (suts) => (client) => client.hub.share({ suts: named(suts), shared: false }),
  pause: bare((client) => client.hub.pause({ paused: true })),
  resume: bare((client) => client.hub.pause({ paused: false })),
  'allow-runs': bare((client) => client.hub.allowRuns({ allowed: true })),
  'forbid-runs': bare((client) => client.hub.allowRuns({ allowed: false })),
  bring: (words) => {
    const limits = limitsOf(words);
    return (client) => client.hub.limitBringing(limits);
  },
  consoles: (words) => {
    const allowed = RemoteConsoles.safeParse(words[0]);
    if (words.length !== 1 || !allowed.success)
      throw new UsageError('Say what remote people may do with consoles: nothing, read or write.');
    return (client) => client.hub.limitConsoles({ allowed: allowed.data });
  },
  'end-remote': bare((client) => client.hub.endRemoteHolds()),
  moved: bare((client) => client.hub.moved()),
};

/** `nothing`, or any of `index`, `index=NAME,NAME`, `files`, `images=BYTES`. */
function limitsOf(words: string[]): BringLimits {
  if (words.length === 0) throw new UsageError('Say what may be brought: index, index=NAME,NAME, files, images=BYTES, or nothing.');
  const limits = { ...NOTHING_BROUGHT };
  for (const word of words) {
    const size = /^images=(\d{1,12})$/u.exec(word)?.[1];
    const packages = /^index=(.+)$/u.exec(word)?.[1];
    if (word === 'index' || word === 'files') limits[word] = true;
    else if (packages !== undefined) Object.assign(limits, { index: true, packages: packages.split(',') });
    else if (size !== undefined) limits.imageBytes = Number(size);
    else if (word !== 'nothing' || words.length > 1)
      throw new UsageError(`What is "${word}"? Say index, index=NAME,NAME, files, images=BYTES, or nothing.`);
  }
  return limits;
}

function bare(work: Work): (words: string[]) => Work {
  return (words) => {
    if (words.length > 0) throw new UsageError(`What is "${words.join(' ')}"?`);
    return work;
  };
}

function named(suts: string[]): string[] {
  if (suts.length === 0) throw new UsageError('Name the machines.');
  return suts;
}

function text({ hub: at, shared }: HubStatus): string {
  const names = shared.length === 0 ? 'no machine is shared' : `shared: ${shared.map(({ name }) => name).join(', ')}`;
  if (at === null) return `Enrolled at no hub; ${names}.`;
  const heard = at.lastUpAt === null ? 'never linked yet' : `last heard ${localTime(at.lastUpAt)}`;
  const home = at.home === 'ok' ? '' : `, ${HOMES[at.home]}`;
  return [
    `${at.hubName} (${at.url}): ${at.link}${home}, ${heard}`,
    ...(at.problem === null ? [] : [at.problem]),
    `${at.queue} facts to tell, ${at.remote} remote reservations${at.paused ? ', sharing is paused' : ''}; ${names}; remote runs are ${at.runsAllowed ? `allowed, with ${bringWords(at.bring)}` : 'not allowed'}; consoles are ${consoleWords(at.consoles)}`,
  ].join('\n');
}

const HOMES: Readonly<Record<Exclude<NonNullable<HubStatus['hub']>['home'], 'ok'>, string>> = {
  notApproved: 'not approved yet',
  copied: 'this home was copied or moved: "atn hub moved" when it was moved',
  fenced: 'its identity is in doubt: leave, and connect again with a new code',
  revoked: 'removed by the hub',
};
