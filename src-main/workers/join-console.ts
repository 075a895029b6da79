import { pipeline, Transform, type Duplex } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { asDriverError } from '../drivers/driver-error.ts';
import type { FenceTable } from '../drivers/fences.ts';
import type { ConsoleCall } from '../drivers/open-console.ts';
import { ConsolePort, isPremature } from './console-port.ts';

interface Joined {
  stream: Duplex;
  port: MessagePort;
  call: ConsoleCall;
  fences: FenceTable;
}

/**
 * Joins a machine's console to the port of whoever reads it. What is typed is checked against the fence, piece by piece, and a console that
 * was opened under a fence ends in the moment another one comes into force. Answers how to end it.
 */
export function joinConsole({ stream, port, call, fences }: Joined, onEnd: () => void): () => void {
  const far = new ConsolePort(port);
  const typed = new Transform({
    transform(chunk, _encoding, done) {
      try {
        fences.check(call.sut, call.fence);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
  const stopHearing = fences.onChange((sutId) => {
    if (sutId !== call.sut.id || call.fence === undefined) return;
    try {
      fences.check(call.sut, call.fence);
    } catch (error) {
      end(error as Error);
    }
  });
  let over = false;
  const end = (error?: Error): void => {
    if (over) return;
    over = true;
    stopHearing();
    far.destroy(error);
    stream.destroy();
    onEnd();
  };
  // A console that broke says so to its reader; one that ended, ends.
  const finish = (error?: Error | null): void => end(error == null || isPremature(error) ? undefined : asDriverError(error));
  pipeline(stream, far, finish);
  pipeline(far, typed, stream, finish);
  return end;
}
