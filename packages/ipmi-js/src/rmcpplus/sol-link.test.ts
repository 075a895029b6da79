import { afterEach, describe, expect, it } from 'vitest';
import { SolLink } from './sol-link.js';
import { packSol, unpackSol, type SolPacket } from './sol-packet.js';

const links: SolLink[] = [];

/** One end, what it took and what it sent. */
function end() {
  const taken: string[] = [];
  const sent: SolPacket[] = [];
  const link = new SolLink({
    maxCharacters: 1,
    limits: { firstMs: 60_000, minimumMs: 60_000, maximumMs: 60_000, tries: 2 },
    pauseMs: 60_000,
    transmit: (payload) => void sent.push(unpackSol(payload)),
    accept: (data) => {
      taken.push(data.toString());
      return data.length;
    },
    lost: () => undefined,
  });
  links.push(link);
  return { link, taken, sent };
}

const says = (sequence: number, text: string) => packSol({ sequence, acknowledged: 0, accepted: 0, flags: 0, data: Buffer.from(text) });
const took = (acknowledged: number) => packSol({ sequence: 0, acknowledged, accepted: 1, flags: 0, data: Buffer.alloc(0) });

afterEach(() => {
  for (const link of links.splice(0)) link.stop();
});

describe('packets of a console that overtake each other', () => {
  it('bring their characters once, also where a repetition comes after the packet that followed it', () => {
    const { link, taken, sent } = end();
    link.receive(says(1, 'a'), 11); // repeated as 11, for 10 was late
    link.receive(says(2, 'b'), 12);
    link.receive(says(1, 'a'), 10);
    expect(taken).toEqual(['a', 'b']);
    expect(sent.map(({ acknowledged }) => acknowledged)).toEqual([1, 2]);
    link.receive(says(3, 'c'), 13);
    expect(taken).toEqual(['a', 'b', 'c']);
  });

  it('tell a number that is used again from an old packet, also where the numbers of the session begin anew', () => {
    const { link, taken } = end();
    const numbers = Array.from({ length: 16 }, (_unused, index) => (index % 15) + 1);
    const first = 2 ** 32 - 8;
    for (const [index, number] of numbers.entries()) link.receive(says(number, String(number)), (first + index) >>> 0);
    expect(taken).toEqual(numbers.map(String));
  });

  it('acknowledge what they were sent for, not what has its number fifteen packets later', () => {
    const { link, sent } = end();
    link.write(Buffer.from('x'.repeat(17)));
    for (let packet = 1; packet <= 15; packet += 1) link.receive(took(packet), 100 + packet);
    expect(sent.at(-1)).toMatchObject({ sequence: 1 });
    expect(link.backlog).toBe(2);
    link.receive(took(1), 99);
    expect(link.backlog, 'an old word for the first packet says nothing of the sixteenth').toBe(2);
    link.receive(took(1), 116);
    expect([sent.at(-1)?.sequence, link.backlog]).toEqual([2, 1]);
  });
});
