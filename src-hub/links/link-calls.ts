import { randomUUID } from 'node:crypto';
import { z } from 'zod';

type Ask = (event: string, message: unknown) => Promise<unknown>;

/** Between processes of one hub: a question for whoever has that link, and what came of it. */
const Carried = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask'), id: z.string(), session: z.string(), event: z.string(), message: z.unknown() }),
  z.object({ kind: z.literal('answer'), id: z.string(), answer: z.unknown() }),
  z.object({ kind: z.literal('failed'), id: z.string() }),
]);
type Carried = z.infer<typeof Carried>;

/** A link asks its harness for so long; the way through another process takes a little more. */
const PATIENCE_MS = 15_000;

/** Questions to harnesses about what is now, whichever process of the hub has the link. Nothing of them is kept. */
export class LinkCalls {
  readonly #links = new Map<string, Ask>();
  readonly #waiting = new Map<string, { resolve: (answer: unknown) => void; reject: (error: Error) => void }>();
  #carry: ((carried: Carried) => void) | null = null;

  /** A link of this process, until the answered function is called. */
  add(session: string, ask: Ask): () => void {
    this.#links.set(session, ask);
    return () => void (this.#links.get(session) === ask && this.#links.delete(session));
  }

  /** Rejects where nobody has this link (any more), or no answer comes in time. */
  ask(session: string, event: string, message: unknown): Promise<unknown> {
    const own = this.#links.get(session);
    if (own !== undefined) return own(event, message);
    const carry = this.#carry;
    if (carry === null) return Promise.reject(new Error('There is no such link.'));
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => end(() => reject(new Error('No answer came in time.'))), PATIENCE_MS);
      const end = (tell: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        tell();
      };
      this.#waiting.set(id, { resolve: (answer) => end(() => resolve(answer)), reject: (error) => end(() => reject(error)) });
      carry({ kind: 'ask', id, session, event, message });
    });
  }

  /** From now on questions and answers go to the other processes by this way. */
  join(carry: (carried: Carried) => void): void {
    this.#carry = carry;
  }

  /** From another process. */
  hear(said: unknown): void {
    const { success, data } = Carried.safeParse(said);
    if (!success) return;
    if (data.kind === 'answer') return this.#waiting.get(data.id)?.resolve(data.answer);
    if (data.kind === 'failed') return this.#waiting.get(data.id)?.reject(new Error('The link is lost.'));
    const { id } = data;
    void this.#links
      .get(data.session)?.(data.event, data.message)
      .then(
        (answer) => this.#carry?.({ kind: 'answer', id, answer }),
        () => this.#carry?.({ kind: 'failed', id }),
      );
  }
}
