import { Copy, Download, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';

export interface Exported {
  readonly fileName: string;
  readonly yaml: string;
}

/** The file as text: to be read, copied, or kept. */
export function ExportedYaml({ exported, onClose }: { readonly exported: Exported; readonly onClose: () => void }): ReactElement {
  const keep = (): void => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([exported.yaml], { type: 'application/yaml' }));
    link.download = exported.fileName;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section className="exported" aria-label={exported.fileName}>
      <div className="row">
        <span className="strong mono grow">{exported.fileName}</span>
        <Button small variant="quiet" icon={<Copy />} onClick={() => void navigator.clipboard.writeText(exported.yaml)}>
          Copy
        </Button>
        <Button small variant="quiet" icon={<Download />} onClick={keep}>
          Save as file
        </Button>
        <Button small variant="quiet" icon={<X />} label="Close" onClick={onClose} />
      </div>
      <pre className="mono" tabIndex={0}>
        {exported.yaml}
      </pre>
    </section>
  );
}
