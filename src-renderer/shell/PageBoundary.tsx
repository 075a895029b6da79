import { Component, type ErrorInfo, type ReactNode } from 'react';
import { toProblem } from '../kit/problem.ts';
import { ErrorState } from '../kit/States.tsx';

interface State {
  readonly error: Error | null;
}

/** React knows error boundaries as classes only. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    const problem = { ...toProblem(this.state.error), message: 'This page broke. Nothing was lost: it only shows what the harness keeps.' };
    return (
      <div className="page-body">
        <ErrorState problem={{ ...problem, details: [this.state.error.message] }} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
