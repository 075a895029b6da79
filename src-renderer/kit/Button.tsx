import { Tooltip } from '@mantine/core';
import type { MouseEventHandler, ReactElement, ReactNode, Ref } from 'react';
import { Link } from 'wouter';
import { Kbd } from './Kbd.tsx';

export type ButtonVariant = 'outline' | 'primary' | 'quiet' | 'danger' | 'harm';

export interface ButtonProps {
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  /** `primary` (ink): one a view. `danger` (outline): Stop. `harm` (solid red): only inside a confirmation. */
  readonly variant?: ButtonVariant;
  readonly small?: boolean;
  readonly onClick?: MouseEventHandler<HTMLElement>;
  /** Makes it a link with the looks of a button. */
  readonly href?: string;
  /** Why not now: the button is off and says this on hover and focus. */
  readonly disabledReason?: string | null | undefined;
  /** Name for buttons that are an icon only; also their tooltip. */
  readonly label?: string;
  /** Keys that do the same, shown in it. */
  readonly keys?: string;
  readonly pressed?: boolean;
  /** What it opens is open. */
  readonly expanded?: boolean;
  readonly busy?: boolean;
  readonly submits?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button(props: ButtonProps): ReactElement {
  const { icon, children, label, keys, disabledReason, busy = false } = props;
  const off = busy || (disabledReason !== undefined && disabledReason !== null);
  const content = (
    <>
      {icon}
      {children}
      {keys === undefined ? null : <Kbd keys={keys} />}
    </>
  );
  const hint = disabledReason ?? label;
  const element = props.href !== undefined && !off ? linkOf(props, props.href, content) : buttonOf(props, off, content);
  return hint === undefined ? (
    element
  ) : (
    <Tooltip label={hint} disabled={props.expanded === true}>
      {element}
    </Tooltip>
  );
}

function classOf({ variant = 'outline', small = false, children }: ButtonProps): string {
  return ['button', variant, small ? 'small' : '', children === undefined ? 'icon-only' : ''].filter(Boolean).join(' ');
}

function linkOf(props: ButtonProps, href: string, content: ReactNode): ReactElement {
  return (
    <Link href={href} className={classOf(props)} aria-label={props.label} onClick={props.onClick}>
      {content}
    </Link>
  );
}

/** Off buttons stay in the tab order, so that the reason can be reached by keyboard. */
function buttonOf(props: ButtonProps, off: boolean, content: ReactNode): ReactElement {
  return (
    <button
      ref={props.ref}
      type={props.submits === true ? 'submit' : 'button'}
      className={classOf(props)}
      aria-label={props.label}
      aria-disabled={off || undefined}
      aria-busy={props.busy === true || undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={off ? (event) => event.preventDefault() : props.onClick}
    >
      {content}
    </button>
  );
}
