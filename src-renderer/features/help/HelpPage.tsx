import { useEffect, useState, type ReactElement } from 'react';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Link, useParams, useSearchParams } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { anchorOf, findInGuide, type GuideText } from './find-in-guide.ts';
import { addressOfPicture, GUIDE, pageOfLink, readPage } from './guide-pages.ts';
import './help.css';

const addressOf = (name: string): string => (name === 'README' ? addresses.help : addresses.helpOn(name));

export default function HelpPage(): ReactElement {
  const { page: name = 'README' } = useParams<{ page?: string }>();
  const text = usePageText(name);
  const [search, setSearch] = useSearchParams();
  const [find, at] = [search.get('find') ?? '', search.get('at') ?? ''];
  const title = GUIDE.find((page) => page.name === name)?.title ?? 'Guide';
  useCrumbs(name === 'README' ? [{ label: 'Guide' }] : [{ label: 'Guide', href: addresses.help }, { label: title }]);
  useEffect(() => {
    if (text !== undefined && at !== '') document.getElementById(idOf(at))?.scrollIntoView();
  }, [text, at]);
  return (
    <>
      <PageHead title={title} />
      <div className="split help">
        <div className="help-side">
          <SearchField
            slash
            width="100%"
            placeholder="Find in the guide"
            value={find}
            onChange={(to) => setSearch(to === '' ? {} : { find: to }, { replace: true })}
          />
          {find.trim() === '' ? <Pages name={name} /> : <Hits find={find} name={name} at={at} />}
        </div>
        <div className="scroll grow help-scroll" tabIndex={0} role="region" aria-label={title} key={name}>
          <PageText text={text} />
        </div>
      </div>
    </>
  );
}

function Pages({ name }: { readonly name: string }): ReactElement {
  return (
    <nav className="help-pages" aria-label="Pages of the guide">
      {GUIDE.map((page) => (
        <Link key={page.name} href={addressOf(page.name)} aria-current={page.name === name ? 'page' : undefined}>
          {page.title}
        </Link>
      ))}
    </nav>
  );
}

function Hits({ find, name, at }: { readonly find: string; readonly name: string; readonly at: string }): ReactElement {
  const pages = useWholeGuide();
  if (pages === null) return <LoadingShape rows={6} />;
  const hits = findInGuide(pages, find);
  if (hits.length === 0) return <EmptyState title="The guide says nothing of it" why="Fewer or other words may find more." />;
  return (
    <nav className="help-pages scroll" aria-label="Found in the guide">
      {hits.map((hit) => (
        <Link
          key={`${hit.page} ${hit.anchor}`}
          href={`${addressOf(hit.page)}?${new URLSearchParams({ find, at: hit.anchor }).toString()}`}
          aria-current={hit.page === name && hit.anchor === at ? 'page' : undefined}
        >
          <span className="strong">{hit.heading === '' ? hit.title : hit.heading}</span>
          {hit.heading === '' ? null : <span className="dim small">{hit.title}</span>}
          <span className="mid small">
            {hit.around[0]}
            <mark>{hit.around[1]}</mark>
            {hit.around[2]}
          </span>
        </Link>
      ))}
    </nav>
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
  h2: ({ node, children }) => <h2 id={idOf(anchorOf(textOf(node)))}>{children}</h2>,
  h3: ({ node, children }) => <h3 id={idOf(anchorOf(textOf(node)))}>{children}</h3>,
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

/** Apart from the ids of the window around it. */
const idOf = (anchor: string): string => `guide-${anchor}`;

type Part = NonNullable<ExtraProps['node']>['children'][number];

function textOf(part: ExtraProps['node'] | Part): string {
  if (part === undefined) return '';
  if (part.type === 'text') return part.value;
  return part.type === 'element' ? part.children.map(textOf).join('') : '';
}

/** All pages, read when somebody looks for something. */
function useWholeGuide(): readonly GuideText[] | null {
  const [pages, setPages] = useState<readonly GuideText[] | null>(null);
  useEffect(() => {
    let left = false;
    void Promise.all(GUIDE.map(async ({ name, title }) => ({ name, title, text: (await readPage(name)) ?? '' }))).then((read) => {
      if (!left) setPages(read);
    });
    return () => {
      left = true;
    };
  }, []);
  return pages;
}

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
