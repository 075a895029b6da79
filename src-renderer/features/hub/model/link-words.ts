import type { HubStatus } from '../../../../src-shared/model/hub-link.ts';
import type { Health } from '../../../kit/HealthIcon.tsx';

export type Enrolled = NonNullable<HubStatus['hub']>;

export interface LinkWords {
  readonly health: Health;
  readonly title: string;
  /** What it means, and what to do about it. */
  readonly about: string;
}

/** What the state of the link reads. The home comes first: a link cannot be better than it. */
export function linkWords({ home, link, problem }: Pick<Enrolled, 'home' | 'link' | 'problem'>): LinkWords {
  switch (home) {
    case 'copied':
      return {
        health: 'quarantine',
        title: 'This home was copied or moved',
        about:
          'It keeps silent, and what remote people had here does not count. Say so when it was moved, and no other copy of it is used.',
      };
    case 'fenced':
      return {
        health: 'quarantine',
        title: 'Two histories',
        about:
          'The hub knows this home by facts that are not here: it was restored from a backup, or a copy of it has gone on. Leave, and connect again with a new code.',
      };
    case 'revoked':
      return {
        health: 'unreachable',
        title: 'Removed by the hub',
        about: 'Everything that remote people had here has ended. To come back, leave and connect with a new code.',
      };
    case 'notApproved':
      return {
        health: 'degraded',
        title: 'Waits to be let in',
        about: 'An administrator of the hub approves this harness. They compare the fingerprint of its key with the one below.',
      };
    case 'ok':
      return linkOf(link, problem);
  }
}

function linkOf(link: Enrolled['link'], problem: string | null): LinkWords {
  if (link === 'up')
    return {
      health: 'reachable',
      title: 'Linked',
      about: 'Remote people can ask for the machines that are shared below; this harness decides.',
    };
  if (link === 'refused') return { health: 'unreachable', title: 'Refused', about: problem ?? 'The hub did not let this harness in.' };
  return {
    health: 'degraded',
    title: link === 'hello' ? 'Being linked' : 'Not linked',
    about: `${problem ?? 'The hub is being called.'} Work here goes on; what the hub has to hear is kept and told later.`,
  };
}
