import { client } from '../bridge/client.ts';
import { watchedList } from './watched-list.ts';

/** All test conditions, live while a page shows them. */
export const useConditions = watchedList((signal) => client.conditions.watch(undefined, { signal }));
