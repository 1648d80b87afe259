/** The newest frame of one policy with its boxes; redrawn outside React, once a display frame at most. */
import { useEffect, useRef } from 'react';
import { drawBoxes } from '../stage/drawStage.ts';
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
    const context = canvas.current?.getContext('2d');
    if (!context || width === 0) return;
    const scale = window.devicePixelRatio;
    context.canvas.width = Math.round(width * scale);
    context.canvas.height = Math.round(height * scale);
    let request = 0;
    const draw = (): void => {
      request = 0;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      context.clearRect(0, 0, width, height);
      const picture = lanePicture(place);
      if (!picture?.image) return;
      context.drawImage(picture.image, 0, 0, width, height);
      drawBoxes(context, picture.frame.reference, 'reference', width, height);
      drawBoxes(context, picture.frame.detections, 'now', width, height);
    };
    draw();
    const unwatch = watchLane(place, () => {
      request ||= requestAnimationFrame(draw);
    });
    return () => {
      unwatch();
      cancelAnimationFrame(request);
    };
  }, [place, width, height]);

  return (
    <div className="lane-frame" ref={space} style={{ aspectRatio: aspect }}>
      <canvas
        ref={canvas}
        style={{ width, height }}
        role="img"
        aria-label={`The newest frame that the server decoded of ${name}, with the boxes found on it`}
      />
    </div>
  );
}
