import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n/language';
import { Action } from './action';
import { Trouble } from './trouble';

interface PartProps {
  readonly children: ReactNode;
}

interface PartState {
  readonly broken: boolean;
}

/** A part of the page that takes no other with it when it cannot be drawn: the call bar stays. */
export class Part extends Component<PartProps, PartState> {
  override state: PartState = { broken: false };

  static getDerivedStateFromError(): PartState {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken again={() => this.setState({ broken: false })} /> : this.props.children;
  }
}

function Broken({ again }: { readonly again: () => void }): ReactNode {
  const { w } = useWords();
  return (
    <div className="part-broken">
      <Trouble grave what={w.trouble.partBroken} then={w.trouble.partBrokenDo}>
        <Action label={w.trouble.tryAgain} run={again} />
      </Trouble>
    </div>
  );
}
