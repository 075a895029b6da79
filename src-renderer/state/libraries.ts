import { client } from '../bridge/client.ts';
import { watchedList } from './watched-list.ts';

/** The registry of test libraries, live while a page shows it. */
export const useLibraries = watchedList((signal) => client.libraries.watch(undefined, { signal }));
