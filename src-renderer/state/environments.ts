import { client } from '../bridge/client.ts';
import { watchedList } from './watched-list.ts';

/** Environments with how far building is, live while a page shows them. */
export const useEnvironments = watchedList((signal) => client.environments.watch(undefined, { signal }));
