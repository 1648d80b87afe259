/** The whole page takes dropped files; a frame shows that it does. */
import { useEffect, useState } from 'react';
import { attempt } from '../actions/exports.ts';
import { droppedFiles } from './droppedFiles.ts';
import { takeFiles } from './takeFiles.ts';

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

export function DropTarget() {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const files = droppedFiles(event.dataTransfer);
      void attempt(async () => takeFiles(await files));
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, []);
  return isOver ? (
    <div className="drop-target" aria-hidden="true">
      <p>
        Drop a clip, a detector (model.json with its .bin files, or their folder), a report or an experiment
      </p>
    </div>
  ) : null;
}
