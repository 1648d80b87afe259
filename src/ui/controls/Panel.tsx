/** A panel of the instrument: a named region with its tools in the title line. */
import type { ReactNode } from 'react';

interface Props {
  readonly name: string;
  readonly title: ReactNode;
  /** Shown in place of the title, which then only names the region. */
  readonly tabs?: ReactNode;
  readonly tools?: ReactNode;
  readonly testId?: string;
  readonly children: ReactNode;
}

export function Panel({ name, title, tabs, tools, testId, children }: Props) {
  const id = `panel-${name}`;
  return (
    <section className={`panel panel-${name}`} aria-labelledby={id} data-testid={testId}>
      <header className="panel-head">
        <h2 id={id} className={tabs === undefined ? undefined : 'visually-hidden'}>
          {title}
        </h2>
        {tabs}
        {tools !== undefined && <div className="panel-tools">{tools}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}
