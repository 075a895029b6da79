import { get, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * What a BMC can do wrong while it fetches an image: it hangs up in mid-file and says so, it stops reading and says that all is well, it asks for a
 * part that is not there.
 */
export const FETCH_FAULTS = ['hangs up', 'stops reading', 'wrong range'] as const;
export type FetchFault = (typeof FETCH_FAULTS)[number];

export const isFetchFault = (how: string): how is FetchFault => FETCH_FAULTS.some((fault) => fault === how);

/** Goes on with a transfer that had stalled; answers whether the whole image came all the same. */
export async function readOn(answer: IncomingMessage): Promise<boolean> {
  let bytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) bytes += part.byteLength;
  } catch {
    return false; // it was cut
  }
  return bytes === Number(answer.headers['content-length']);
}

/** Answers an InsertMedia in the place of the service. `stalled`: connections that are open and read no more. */
export async function fetchBadly(
  how: FetchFault,
  { incoming, response, stalled }: { incoming: IncomingMessage; response: ServerResponse; stalled: Set<IncomingMessage> },
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  const { Image: image } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { Image: string };
  const refuse = (why: string): unknown =>
    response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: { message: why } }));
  const headers = how === 'wrong range' ? { range: 'bytes=900000000-900000001' } : {};
  const fetching = get(image, { headers }, (answer) => {
    answer.on('error', () => undefined);
    if (how === 'wrong range') {
      answer.resume();
      refuse(`The server answered ${answer.statusCode ?? 0}.`);
    } else if (how === 'hangs up') {
      answer.once('data', () => {
        fetching.destroy();
        refuse('The download broke off.');
      });
    } else {
      answer.once('readable', () => {
        stalled.add(answer);
        response.writeHead(204).end();
      });
    }
  });
  fetching.on('error', () => undefined);
}
