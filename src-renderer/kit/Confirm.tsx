import { Popover } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button, type ButtonProps } from './Button.tsx';

interface ConfirmProps {
  /** Names the object: "Remove dl380-07?" */
  readonly title: string;
  /** Who is hurt and how. */
  readonly harm: ReactNode;
  /** The verb again: "Remove dl380-07". */
  readonly verb: string;
  /** The safe choice: "Keep it". It has the focus. */
  readonly safe: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** A confirmation in place. Only for what hurts a holder, a run or data; what can be undone is done at once. */
export function Confirm({ title, harm, verb, safe, onConfirm, onCancel }: ConfirmProps): ReactElement {
  return (
    <div className="confirmation" role="alertdialog" aria-label={title}>
      <div className="row top">
        <TriangleAlert aria-hidden />
        <div>
          <div className="strong">{title}</div>
          <div className="mid small">{harm}</div>
        </div>
      </div>
      <div className="actions">
        <Button variant="quiet" onClick={onCancel} ref={focusOnArrival}>
          {safe}
        </Button>
        <Button variant="harm" onClick={onConfirm}>
          {verb}
        </Button>
      </div>
    </div>
  );
}

function focusOnArrival(button: HTMLButtonElement | null): void {
  button?.focus();
}

type ConfirmButtonProps = Omit<ButtonProps, 'onClick' | 'href' | 'ref'> &
  Omit<ConfirmProps, 'onConfirm' | 'onCancel'> & { readonly onConfirm: () => void };

/** A button that asks beside itself before it does what it says. */
export function ConfirmButton({ title, harm, verb, safe, onConfirm, ...button }: ConfirmButtonProps): ReactElement {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  const confirm = (): void => {
    close();
    onConfirm();
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" withRoles={false} trapFocus returnFocus closeOnEscape>
      <Popover.Target>
        <span>
          <Button {...button} expanded={open} onClick={() => setOpen(!open)} />
        </span>
      </Popover.Target>
      <Popover.Dropdown p={0} bd="none">
        <Confirm title={title} harm={harm} verb={verb} safe={safe} onConfirm={confirm} onCancel={close} />
      </Popover.Dropdown>
    </Popover>
  );
}
