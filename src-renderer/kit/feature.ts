import type { ComponentType } from 'react';
import type { Verb, VerbSource } from './verbs.ts';

/** A page at an address. Every object has one, so that it can be copied, opened and gone back to. */
export interface FeatureRoute {
  /** wouter pattern: `/runs/:id`. More exact patterns first. */
  readonly path: string;
  /** Usually `lazy(() => import('./RunPage.tsx'))`. Reads its parameters with `useParams` of wouter. */
  readonly component: ComponentType;
}

/** A place in the rail. */
export interface RailPlace {
  readonly href: string;
  readonly label: string;
  readonly icon: ComponentType;
  /** `G` then this letter goes there. */
  readonly letter: string;
  /** Beginnings of other addresses that belong to this place. */
  readonly also?: readonly string[];
  /** Places of the same group stand together; groups are ruled apart by space. */
  readonly group: 1 | 2 | 3;
  /** Order within the rail. */
  readonly order: number;
  /** A hook that answers the counter beside the label; null shows none. */
  readonly useCount?: () => number | null;
}

/** What a folder below `features/` gives to the shell; `src-renderer/features.ts` lists them all. */
export interface Feature {
  readonly name: string;
  readonly routes: readonly FeatureRoute[];
  /** Loads the code of its most used page when the window has nothing else to do, so that the first visit does not wait for it. */
  readonly ahead?: () => Promise<unknown>;
  readonly rail?: RailPlace;
  /** Verbs that work on every page: "New run". */
  readonly verbs?: readonly Verb[];
  /** Objects the palette finds: machines, runs, suites. */
  readonly sources?: readonly VerbSource[];
}
