import { createHash } from 'node:crypto';
import type { Endpoint } from '../../../src-shared/model/sut-endpoint.ts';
import type { Attempt } from '../../drivers/capabilities.ts';
import type { WritableStore } from '../../store/handle.ts';
import { forgetRefusedLogin, listRefusedLogins, saveRefusedLogin } from '../../store/refused-logins.ts';
import { findSecret } from '../../store/secrets.ts';

interface Services {
  store: WritableStore;
  clock: { now: () => number };
}

/**
 * How often a machine has refused the login of an endpoint, over threads and starts of the workbench. It is handed to the driver with the
 * endpoint; another password makes another login, and whoever has a machine verified lets it be tried again.
 */
export class RefusedLogins {
  readonly #services: Services;
  readonly #counts: Map<string, { mark: string; refusals: number }>;
  /** What each endpoint was when it was last used: an answer names the endpoint only. */
  readonly #marks = new Map<string, string>();

  constructor(services: Services) {
    this.#services = services;
    this.#counts = new Map(listRefusedLogins(services.store).map(({ endpoint, mark, refusals }) => [endpoint, { mark, refusals }]));
  }

  countOf(endpoint: Endpoint): number {
    const mark = markOf(endpoint, endpoint.secret === null ? undefined : findSecret(this.#services.store, endpoint.secret));
    this.#marks.set(endpoint.id, mark);
    const known = this.#counts.get(endpoint.id);
    return known?.mark === mark ? known.refusals : 0;
  }

  note(attempts: readonly Attempt[]): void {
    for (const { endpointId, outcome, code } of attempts) {
      if (outcome === 'done') this.forgive(endpointId);
      else if (code === 'OOBM_AUTH') this.#refused(endpointId);
    }
  }

  forgive(endpointId: string): void {
    if (this.#counts.delete(endpointId)) forgetRefusedLogin(this.#services.store, endpointId);
  }

  #refused(endpoint: string): void {
    const mark = this.#marks.get(endpoint);
    if (mark === undefined) return;
    const known = this.#counts.get(endpoint);
    const refusals = known?.mark === mark ? Math.min(known.refusals + 1, MOST) : 1;
    if (known?.mark === mark && known.refusals === refusals) return;
    this.#counts.set(endpoint, { mark, refusals });
    saveRefusedLogin(this.#services.store, { endpoint, mark, refusals }, this.#services.clock.now());
  }
}

/** More need not be told apart: the driver tries no longer then. */
const MOST = 2;

/** Of the sealed secret, which is another one after each change and says nothing of the secret itself. */
function markOf({ provider, address, port, user }: Endpoint, sealed: Buffer | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([provider, address, port, user]))
    .update(sealed ?? '')
    .digest('hex');
}
