/** The newest frame of one policy with its boxes. */
import { useEffect, useRef } from 'react';
import { drawBoxes } from '../stage/drawStage.ts';
import { repaint } from '../stage/repaint.ts';
import { useElementSize } from '../stage/useElementSize.ts';
import { lanePicture, watchLane } from './lanePictures.ts';
import { useCompare } from './compareStore.ts';

interface Props {
  readonly place: number;
  readonly name: string;
}

export function LaneCanvas({ place, name }: Props) {
  const space = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const capture = useCompare((state) => state.info?.captureSize);
  const aspect = capture ? capture.width / capture.height : 5 / 3;
  const { width } = useElementSize(space);
  const height = Math.round(width / aspect);

  useEffect(() => {
    const watch = (news: () => void): (() => void) => watchLane(place, news);
    return repaint(canvas.current, { width, height }, watch, (context) => {
      const picture = lanePicture(place);
      if (!picture?.image) return;
      context.drawImage(picture.image, 0, 0, width, height);
      drawBoxes(context, picture.frame.reference, 'reference', width, height);
      drawBoxes(context, picture.frame.detections, 'now', width, height);
    });
  }, [place, width, height]);

  return (
    <div className="lane-frame" ref={space} style={{ aspectRatio: aspect }}>
      {/* Under the canvas, which the first frame covers. */}
      <span className="lane-waiting" aria-hidden="true">
        Its first frame comes when the first interval has been encoded
      </span>
      <canvas
        ref={canvas}
        style={{ width, height }}
        role="img"
        aria-label={`The newest frame that the server decoded of ${name}, with the boxes found on it`}
      />
    </div>
  );
}
