import { client } from '../bridge/client.ts';
import { watchedList } from './watched-list.ts';

/** All test plans, live while a page shows them. */
export const usePlans = watchedList((signal) => client.plans.watch(undefined, { signal }));
