/** Longest message that is believed, in bytes: more is no language server. */
const LONGEST = 64 * 1024 * 1024;

/** A message as language servers write it: a head with its length in bytes, an empty line, JSON. */
export function frame(json: string): Buffer {
  const body = Buffer.from(json);
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** Takes bytes as they come, in pieces of any size, and answers the messages that are whole. Throws when it is none of this form. */
export class FrameReader {
  #rest = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #length = 0;

  take(chunk: Buffer): string[] {
    this.#waiting.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#needed) return [];
    this.#rest = Buffer.concat([this.#rest, ...this.#waiting]);
    this.#waiting = [];
    this.#length = 0;
    const messages: string[] = [];
    for (let message = this.#next(); message !== null; message = this.#next()) messages.push(message);
    return messages;
  }

  /** Bytes that must still come before it is worth looking. */
  #needed = 0;

  #next(): string | null {
    this.#needed = 0;
    const head = this.#rest.indexOf('\r\n\r\n');
    if (head < 0) {
      if (this.#rest.length > 8192) throw new Error('A language server writes something that is no message.');
      return null;
    }
    const size = Number(/^content-length:\s*(\d+)\s*$/imu.exec(this.#rest.subarray(0, head).toString('latin1'))?.[1]);
    if (!Number.isInteger(size) || size > LONGEST) throw new Error('A language server writes something that is no message.');
    const end = head + 4 + size;
    if (this.#rest.length < end) {
      this.#needed = end - this.#rest.length;
      return null;
    }
    const message = this.#rest.subarray(head + 4, end).toString('utf8');
    this.#rest = this.#rest.subarray(end);
    return message;
  }
}
