import { useState } from 'react';
import type { BootDevice, PowerAction } from '../../../src-shared/model/machine.ts';
import { client } from '../../bridge/client.ts';
import { toProblem } from '../../kit/problem.ts';
import { useSuts } from '../../state/suts.ts';

export type Outcome = Awaited<ReturnType<typeof client.suts.powerMany>>[number];

/** Something done to many machines; asked again with `confirmed` for those that wait for it. */
interface ManyDeed {
  readonly ids: readonly string[];
  readonly perform: (ids: readonly string[], asked: { confirmed: boolean; reason?: string }) => Promise<readonly Outcome[]>;
}

export interface Many {
  readonly title: string;
  readonly busy: boolean;
  /** Null before anything was asked. */
  readonly outcomes: readonly Outcome[] | null;
  readonly problem: string | null;
  readonly ask: (title: string, deed: ManyDeed) => void;
  /** Does it to those that somebody would feel. */
  readonly confirm: (reason: string) => void;
  readonly clear: () => void;
}

interface State {
  readonly title: string;
  readonly deed: ManyDeed | null;
  readonly outcomes: readonly Outcome[] | null;
}
const NOTHING: State = { title: '', deed: null, outcomes: null };

export function useMany(): Many {
  const [busy, setBusy] = useState(false);
  const [{ title, deed, outcomes }, setState] = useState<State>(NOTHING);
  const [problem, setProblem] = useState<string | null>(null);
  const perform = async (next: State & { deed: ManyDeed }, confirmed: boolean, reason = ''): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const waiting = next.outcomes?.filter(({ outcome }) => outcome === 'confirm').map(({ id }) => id) ?? [];
    const why = reason.trim() === '' ? {} : { reason: reason.trim() };
    try {
      const came = await next.deed.perform(confirmed ? waiting : next.deed.ids, { confirmed, ...why });
      const fresh = new Map(came.map((one) => [one.id, one]));
      setState({ ...next, outcomes: confirmed ? (next.outcomes ?? []).map((one) => fresh.get(one.id) ?? one) : came });
    } catch (error) {
      setProblem(toProblem(error).message);
    } finally {
      setBusy(false);
    }
  };
  return {
    ...{ title, busy, outcomes, problem },
    ask: (name, wanted) => void perform({ title: name, deed: wanted, outcomes: null }, false),
    confirm: (reason) => {
      if (deed !== null) void perform({ title, deed, outcomes }, true, reason);
    },
    clear: () => {
      setState(NOTHING);
      setProblem(null);
    },
  };
}

export function powerAll(ids: readonly string[], action: PowerAction): ManyDeed {
  return { ids, perform: (some, asked) => client.suts.powerMany({ ids: [...some], action, ...asked }) };
}

export function bootMany(ids: readonly string[], device: BootDevice): ManyDeed {
  return { ids, perform: (some, asked) => each(some, (id) => client.suts.bootDevice({ id, device, ...asked })) };
}

export function verifyMany(ids: readonly string[]): ManyDeed {
  return {
    ids,
    perform: (some) =>
      each(some, async (id) => {
        for await (const event of await client.suts.verify({ id }))
          if (event.type === 'done')
            return `${event.sut.card.filter(({ outcome }) => outcome === 'works').length} of ${event.sut.card.length} work`;
        return null;
      }),
  };
}

/** All at once; one that fails keeps none of the others. */
function each(ids: readonly string[], deed: (id: string) => Promise<unknown>): Promise<Outcome[]> {
  return Promise.all(
    ids.map(async (id): Promise<Outcome> => {
      const name = useSuts.getState().byId.get(id)?.name ?? id;
      try {
        const said = await deed(id);
        return { id, name, outcome: 'done', message: typeof said === 'string' ? said : null };
      } catch (error) {
        const { code, message } = toProblem(error);
        const refused = code === 'NOT_RESERVED' || code === 'SUT_BUSY' || code === 'FORBIDDEN';
        return { id, name, outcome: code === 'CONFIRM_FIRST' ? 'confirm' : refused ? 'refused' : 'failed', message };
      }
    }),
  );
}
