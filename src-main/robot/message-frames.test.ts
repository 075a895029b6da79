import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frame, FrameReader } from './message-frames.ts';

test('messages come out whole, however their bytes arrive', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (messages, sizes) => {
      const bytes = Buffer.concat(messages.map((message) => frame(message)));
      const reader = new FrameReader();
      const read: string[] = [];
      for (let at = 0; at < bytes.length;) {
        const size = sizes.next().value as number;
        read.push(...reader.take(bytes.subarray(at, at + size)));
        at += size;
      }
      expect(read).toEqual(messages);
    }),
  );
});

test('what is no message is refused', () => {
  expect(() => new FrameReader().take(Buffer.from('Traceback (most recent call last)\r\n\r\n'))).toThrow('no message');
  expect(() => new FrameReader().take(Buffer.from('x'.repeat(9000)))).toThrow('no message');
});
