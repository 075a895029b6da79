import { useEffect, useState, type ReactElement } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Link, useParams } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { PageHead } from '../../kit/Page.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { addressOfPicture, GUIDE, pageOfLink, readPage } from './guide-pages.ts';
import './help.css';

const addressOf = (name: string): string => (name === 'README' ? addresses.help : addresses.helpOn(name));

export default function HelpPage(): ReactElement {
  const { page: name = 'README' } = useParams<{ page?: string }>();
  const text = usePageText(name);
  const title = GUIDE.find((page) => page.name === name)?.title ?? 'Guide';
  useCrumbs(name === 'README' ? [{ label: 'Guide' }] : [{ label: 'Guide', href: addresses.help }, { label: title }]);
  return (
    <>
      <PageHead title={title} />
      <div className="split help">
        <nav className="help-pages" aria-label="Pages of the guide">
          {GUIDE.map((page) => (
            <Link key={page.name} href={addressOf(page.name)} aria-current={page.name === name ? 'page' : undefined}>
              {page.title}
            </Link>
          ))}
        </nav>
        <div className="scroll grow help-scroll" tabIndex={0} role="region" aria-label={title} key={name}>
          <PageText text={text} />
        </div>
      </div>
    </>
  );
}

function PageText({ text }: { readonly text: string | null | undefined }): ReactElement {
  if (text === undefined) return <LoadingShape />;
  if (text === null) return <EmptyState title="The guide has no such page" why="The list on the left has all there are." />;
  return (
    <article className="help-text">
      <Markdown remarkPlugins={[remarkGfm]} components={PARTS}>
        {text}
      </Markdown>
    </article>
  );
}

/** The page's own title stands in its head already; links lead within the guide, pictures come with the build. */
const PARTS: Components = {
  h1: () => null,
  a: ({ href = '', children }) => {
    const page = pageOfLink(href);
    return page === null ? <>{children}</> : <Link href={addressOf(page)}>{children}</Link>;
  },
  img: ({ src, alt }) => <img src={addressOfPicture(String(src))} alt={alt} loading="lazy" />,
  // Wide tables and long commands scroll by themselves, by keys as well.
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
  table: ({ children }) => (
    <div className="help-table" tabIndex={0} role="group" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
};

/** Undefined while it is on its way, null when there is none. */
function usePageText(name: string): string | null | undefined {
  const [read, setRead] = useState<{ readonly name: string; readonly text: string | null }>();
  useEffect(() => {
    let left = false;
    void readPage(name).then((text) => {
      if (!left) setRead({ name, text });
    });
    return () => {
      left = true;
    };
  }, [name]);
  return read?.name === name ? read.text : undefined;
}
