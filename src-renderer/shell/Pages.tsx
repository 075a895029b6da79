import { Suspense, type ReactElement } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { addresses } from '../kit/addresses.ts';
import type { Feature } from '../kit/feature.ts';
import { PageHead } from '../kit/Page.tsx';
import { EmptyState, LoadingShape } from '../kit/States.tsx';
import { useCrumbs } from '../state/page.ts';
import { PageBoundary } from './PageBoundary.tsx';

/** The page of the present address. A defect in one page leaves the frame and the others alone. */
export function Pages({ features }: { readonly features: readonly Feature[] }): ReactElement {
  const [location] = useLocation();
  return (
    <PageBoundary key={location.split('/')[1] ?? ''}>
      <Suspense fallback={<LoadingPage />}>
        <Switch>
          {features.flatMap((feature) =>
            feature.routes.map(({ path, component }) => <Route key={`${feature.name} ${path}`} path={path} component={component} />),
          )}
          <Route component={UnknownPage} />
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}

function LoadingPage(): ReactElement {
  return (
    <>
      <div className="page-head" />
      <LoadingShape />
    </>
  );
}

function UnknownPage(): ReactElement {
  const [location] = useLocation();
  useCrumbs([{ label: 'No such page' }]);
  return (
    <>
      <PageHead title="No such page" />
      <div className="page-body">
        <EmptyState
          title="Nothing is at this address"
          why={location}
          actions={
            <Link className="button small" href={addresses.today}>
              Go to Today
            </Link>
          }
        />
      </div>
    </>
  );
}
