import { FolderInput } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { isImageName } from '../../src-shared/model/boot-names.ts';
import { face } from '../bridge/client.ts';
import { addresses } from '../kit/addresses.ts';
import { importImageFiles } from '../state/image-imports.ts';
import { importDropped } from '../state/imports.ts';
import { importResultFiles, isResultFile } from '../state/result-imports.ts';

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
        take(filesOf(event.dataTransfer));
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
            ? 'Test data: a folder, a zip or a .robot file. Images: ISO, disk, or a kernel with its RAM disk. Results: output.xml or output.json, on Runs a folder'
            : 'Test data: a zip or a .robot file. Images: ISO, disk, or a kernel with its RAM disk. Results: output.xml or output.json'}
        </span>
      </div>
    </div>
  );
}

interface Dropped {
  readonly file: File;
  readonly isFolder: boolean;
}

function filesOf(transfer: DataTransfer | null): Dropped[] {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file');
  const isFolder = items.map((item) => item.webkitGetAsEntry()?.isDirectory === true);
  return [...(transfer?.files ?? [])].map((file, index) => ({ file, isFolder: isFolder[index] ?? false }));
}

/** What something is, its name says; a folder is of results where the list of runs is open, of test data elsewhere. */
function take(dropped: readonly Dropped[]): void {
  const onRuns = window.location.pathname === addresses.runs;
  const kindOf = ({ file, isFolder }: Dropped): 'image' | 'results' | 'testData' =>
    isFolder ? (onRuns ? 'results' : 'testData') : isImageName(file.name) ? 'image' : isResultFile(file) ? 'results' : 'testData';
  const of = (kind: ReturnType<typeof kindOf>): File[] => dropped.filter((each) => kindOf(each) === kind).map(({ file }) => file);
  const images = of('image');
  importImageFiles(images);
  if (images.length > 0) navigate(addresses.images);
  const results = of('results');
  if (results.length > 0) {
    navigate(addresses.runs);
    void importResultFiles(results);
  }
  void importDropped(of('testData'));
}
