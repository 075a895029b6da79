import { z } from 'zod';

/** What remote people may do with the consoles of machines that they hold. The harness decides by it; a hub only shows it beforehand. */
export const RemoteConsoles = z.enum(['nothing', 'read', 'write']);
export type RemoteConsoles = z.infer<typeof RemoteConsoles>;

interface Standing {
  /** As the owner of the lab set it. */
  policy: RemoteConsoles;
  /** Sharing is paused: nothing new begins, and nobody from afar types. */
  paused: boolean;
  /** The person has the machine now, by a reservation that is active. */
  holds: boolean;
}

/** Why a remote person may not read or type on a console now, as a sentence; null = they may. */
export function consoleProblem({ policy, paused, holds }: Standing, deed: 'read' | 'write'): string | null {
  if (policy === 'nothing') return 'The lab does not show its consoles to remote people. Ask its owner.';
  if (!holds) return 'You do not hold this machine now. Reserve it, and open its console then.';
  if (deed === 'read') return null;
  if (policy === 'read') return 'The lab lets remote people read consoles, not type on them. Ask its owner.';
  return paused ? 'The lab has paused sharing: you may read on, but nobody types from afar now.' : null;
}

/** As in: consoles are `shown, and typed on`. */
export function consoleWords(policy: RemoteConsoles): string {
  return { nothing: 'not shown', read: 'shown to who holds the machine', write: 'shown to who holds the machine, who may type' }[policy];
}
