import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import type { HubAnswer } from '../../hub-link/ask-clock.ts';
import { fine, warning, type Check, type Finding, type Remedy } from './check.ts';

export interface HubCheckServices {
  status: () => HubStatus['hub'];
  ask: (url: string, signal: AbortSignal) => Promise<HubAnswer>;
  dial: () => Promise<unknown>;
}

const LIMIT_MS = 8000;
/** The hub tells its time to the second; less than this is no finding. */
const CLOCK_LIMIT_MS = 5000;

export const hub = (services: HubCheckServices): Check => ({
  number: 17,
  id: 'hub',
  title: 'Hub',
  group: 'network',
  look: async ({ signal }) => {
    const status = services.status();
    if (status === null) return fine('this harness is enrolled at no hub');
    const { url, hubName, home, link, queue, problem } = status;
    const answer = await asked(services, url, signal);
    const told = typeof answer === 'string' ? answer : `answers in ${Math.round(answer.tookMs)} ms`;
    const waiting = queue === 0 ? 'nothing waits to be sent' : `${queue} facts wait to be sent`;
    if (link === 'up') return fine(`${hubName} at ${url}, linked, ${told}, ${waiting}`);
    return {
      outcome: 'warning',
      detail: `There is no link to ${hubName}: ${problem ?? 'it is being made'}`,
      lines: [
        { text: typeof answer === 'string' ? `${url}: ${answer}` : `${url} ${told}.`, place: { page: 'hub' } },
        { text: `Nothing is lost: ${waiting}.`, place: null },
      ],
      repair: ADVICE[home],
      remedy: home === 'ok' || home === 'notApproved' ? dialling(services) : undefined,
    };
  },
});

const ADVICE: Readonly<Record<NonNullable<HubStatus['hub']>['home'], string>> = {
  ok: 'Look whether the address can be reached from here: name, proxy, certificate. The workbench tries again by itself.',
  notApproved: 'Ask an administrator of the hub to approve this harness on the page Harnesses.',
  copied: 'Say on the page Hub which of the two homes is the real one.',
  fenced: 'Another copy of this home speaks to the hub. Say on the page Hub which one is the real one.',
  revoked: 'The hub has removed this harness. Leave it on the page Hub, and enrol again with a new code.',
};

async function asked({ ask }: HubCheckServices, url: string, signal: AbortSignal): Promise<HubAnswer | string> {
  try {
    return await ask(url, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    return why === '' ? 'nobody answers' : why;
  }
}

function dialling({ dial }: HubCheckServices): Remedy {
  return {
    verb: 'Dial now',
    does: 'Calls the hub at once, without waiting for the next try.',
    hurts: null,
    perform: async () => {
      await dial();
      return 'The hub was called.';
    },
  };
}

/** The hub's clock against this one; null where there is no hub, or it does not answer: that is said elsewhere. */
export async function clockOfHub(services: HubCheckServices, signal: AbortSignal): Promise<Finding | null> {
  const url = services.status()?.url;
  if (url === undefined) return null;
  const answer = await asked(services, url, signal);
  if (typeof answer === 'string' || answer.at === null) return null;
  const now = new Date();
  const off = now.getTime() - answer.tookMs / 2 - answer.at;
  const detail = `${now.toISOString()}, within ${Math.ceil(Math.abs(off) / 1000)} s of the hub`;
  if (Math.abs(off) <= CLOCK_LIMIT_MS) return fine(detail);
  return warning(
    `${Math.round(Math.abs(off) / 1000)} s ${off > 0 ? 'ahead of' : 'behind'} the hub's clock; limit ${CLOCK_LIMIT_MS / 1000} s.`,
    "Set this machine's clock, best by NTP: reservations begin and end by it.",
  );
}
