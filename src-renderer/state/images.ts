import { client } from '../bridge/client.ts';
import { watchedList } from './watched-list.ts';

/** The library of images, live while a page shows it: one value, or none until the first one came. */
export const useImageLibrary = watchedList(async (signal) => oneByOne(await client.images.watch(undefined, { signal })));

/** What machines can fetch now. */
export const useServed = watchedList((signal) => client.serving.watch(undefined, { signal }));

async function* oneByOne<Value>(values: AsyncIterable<Value>): AsyncGenerator<readonly Value[], void, void> {
  for await (const value of values) yield [value];
}
