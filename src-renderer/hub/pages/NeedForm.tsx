import { useState, type FormEvent, type ReactElement } from 'react';
import type { HubOffer } from '../../../src-shared/model/hub-directory.ts';
import { readConditions } from '../../../src-shared/model/need-text.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState } from '../../kit/States.tsx';

const HOUR_MS = 3_600_000;

/** Machines by what they are like: labs that have enough of them under one harness, each one press away. */
export function NeedForm({ onAsked }: { readonly onAsked: () => void }): ReactElement {
  const [text, setText] = useState({ count: '2', tags: '', conditions: '', begin: '', hours: '3', purpose: '' });
  const [offers, setOffers] = useState<readonly HubOffer[] | null>(null);
  const fields = readConditions(text.conditions);
  const problem = 'problem' in fields ? fields.problem : null;
  const times = {
    ...(text.begin === '' ? {} : { begin: new Date(text.begin).getTime() }),
    ...(text.hours === '' ? {} : { durationMs: Math.round(Number(text.hours) * HOUR_MS) }),
  };
  const find = useAction(async () => {
    if ('problem' in fields) return;
    const tags = text.tags.split(',').flatMap((tag) => tag.trim() || []);
    setOffers(await hub.directory.offers({ tags, fields, count: Number(text.count), ...times }));
  });
  const ask = useAction(async ({ harnessId, suts }: HubOffer) => {
    await hub.reservations.ask({ id: crypto.randomUUID(), harnessId, suts, ...times, purpose: text.purpose });
    setOffers(null);
    onAsked();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void find.run();
  };
  const field = (
    name: keyof typeof text,
    title: string,
    more: { type?: string; min?: string; step?: string; placeholder?: string } = {},
  ): ReactElement => (
    <label>
      <span className="small mid">{title}</span>
      <span className="field" style={{ width: name === 'conditions' ? 260 : more.type === 'number' ? 96 : undefined }}>
        <input {...more} value={text[name]} onChange={(event) => setText({ ...text, [name]: event.currentTarget.value })} />
      </span>
    </label>
  );
  return (
    <section aria-label="Machines by need">
      <SectionHead title="Machines by need" about="Under one harness; the lab decides" ruled />
      <form className="hub-form" onSubmit={submit}>
        {field('count', 'How many', { type: 'number', min: '1' })}
        {field('tags', 'Tags, with commas')}
        {field('conditions', 'Fields', { placeholder: 'memory GB >= 64, vendor = Dell' })}
        {field('begin', 'From, empty for now', { type: 'datetime-local' })}
        {field('hours', 'Hours, empty for no end', { type: 'number', min: '0.25', step: '0.25' })}
        {field('purpose', 'What for')}
        <Button submits variant="primary" busy={find.busy} disabledReason={problem}>
          Find
        </Button>
      </form>
      {[find.problem, ask.problem].map((wrong, index) => (wrong === null ? null : <ErrorState key={index} problem={wrong} />))}
      {offers?.length === 0 ? <EmptyState title="No lab has that many" why="Ask for fewer, or for less." /> : null}
      <ul className="hub-lines">
        {offers?.map((offer) => (
          <li key={offer.harnessId}>
            <span className="strong">{offer.harness}</span>
            <span className="mid ellipsis grow">{offer.suts.join(', ')}</span>
            <span className={offer.free ? 'mark-passed' : 'mid'}>{wordOf(offer)}</span>
            <Button small busy={ask.busy} onClick={() => void ask.run(offer)}>
              Reserve
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function wordOf({ up, free, fitting }: HubOffer): string {
  if (!up) return 'lab away';
  return free ? `free then, ${fitting} fit` : 'taken then: you would wait';
}
