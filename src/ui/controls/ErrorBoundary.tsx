/** Never a blank page: a panel that breaks says so in its place, and the others go on. */
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { sentenceOf } from '../../domain/sentenceOf.ts';

interface Props {
  readonly what: string;
  readonly children: ReactNode;
}

interface State {
  readonly message: string | null;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { message: null };

  static getDerivedStateFromError(error: unknown): State {
    return { message: sentenceOf(error) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(`${this.props.what} broke.`, error, info.componentStack);
  }

  override render(): ReactNode {
    if (this.state.message === null) return this.props.children;
    return (
      <div className="broken" role="alert">
        <p>
          {this.props.what} could not be drawn: {this.state.message}
        </p>
        <button type="button" className="button" onClick={() => this.setState({ message: null })}>
          Try again
        </button>
      </div>
    );
  }
}
