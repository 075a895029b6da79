import { Copy } from 'lucide-react';
import type { ReactElement } from 'react';
import type { KeywordDocumentation } from '../../../../src-shared/model/library.ts';
import { Button } from '../../../kit/Button.tsx';
import { Chip } from '../../../kit/Page.tsx';
import { htmlText } from '../model/html-text.ts';

/** One keyword: its arguments with types and defaults, and what it says of itself, as text. */
export function KeywordDoc({ keyword }: { readonly keyword: KeywordDocumentation }): ReactElement {
  const call = [keyword.name, ...keyword.args.filter(({ required }) => required).map(({ name }) => `\${${name}}`)].join('    ');
  return (
    <section className="keyword-doc" aria-label={keyword.name}>
      <div className="row">
        <span className="strong mono grow ellipsis">{keyword.name}</span>
        {keyword.deprecated ? <Chip>deprecated</Chip> : null}
        <Button small variant="quiet" icon={<Copy />} onClick={() => void navigator.clipboard.writeText(call)}>
          Copy call
        </Button>
      </div>
      <div className="keyword-text" role="region" aria-label={`Documentation of ${keyword.name}`} tabIndex={0}>
        {keyword.args.map((argument) => (
          <div key={argument.text} className="argument small">
            <span className="mono">{argument.text.startsWith('*') ? argument.text : argument.name}</span>
            <span className="mono dim">
              {argument.defaultValue === null ? (argument.required ? 'required' : '') : `= ${argument.defaultValue}`}
            </span>
            <span className="mono dim right">{argument.type}</span>
          </div>
        ))}
        <pre>{htmlText(keyword.doc)}</pre>
        {keyword.tags.length === 0 ? null : (
          <div className="row tight wrap">
            {keyword.tags.map((tag) => (
              <Chip key={tag} tag>
                {tag}
              </Chip>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}
