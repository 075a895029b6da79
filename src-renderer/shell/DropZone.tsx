import { FolderInput } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { face } from '../bridge/client.ts';
import { addresses } from '../kit/addresses.ts';
import { importImageFile, isImageFile } from '../state/image-imports.ts';
import { importDropped } from '../state/imports.ts';

/** A folder, a zip or a .robot file dropped anywhere in the window is imported. */
export function DropZone(): ReactElement | null {
  const [over, setOver] = useState(false);
  useEffect(() => {
    let depth = 0;
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const set = (value: number): void => {
      depth = Math.max(0, value);
      setOver(depth > 0);
    };
    const on = (type: 'dragenter' | 'dragleave' | 'dragover' | 'drop', act: (event: DragEvent) => void): (() => void) => {
      const listen = (event: DragEvent): void => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        act(event);
      };
      window.addEventListener(type, listen);
      return () => window.removeEventListener(type, listen);
    };
    const leave = [
      on('dragenter', () => set(depth + 1)),
      on('dragleave', () => set(depth - 1)),
      on('dragover', () => undefined),
      on('drop', (event) => {
        set(0);
        const files = [...(event.dataTransfer?.files ?? [])];
        const images = files.filter(isImageFile);
        for (const file of images) void importImageFile(file);
        if (images.length > 0) navigate(addresses.images);
        void importDropped(files.filter((file) => !isImageFile(file)));
      }),
    ];
    return () => leave.forEach((remove) => remove());
  }, []);
  if (!over) return null;
  return (
    <div className="drop-zone" role="status">
      <div className="floating">
        <FolderInput aria-hidden />
        <b className="strong">Drop to import</b>
        <span className="dim small">
          {face === 'desktop'
            ? 'Test data: a folder, a zip or a .robot file. Images: ISO or disk'
            : 'Test data: a zip or a .robot file. Images: ISO or disk'}
        </span>
      </div>
    </div>
  );
}
