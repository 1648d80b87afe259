/** The frame with its heat map and boxes. */
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { Size } from '../../domain/size.ts';
import { useLab } from '../store/labStore.ts';
import { currentPicture, watchPicture } from '../store/picture.ts';
import { scientific } from '../format.ts';
import { drawStage, labelOf } from './drawStage.ts';
import { valueAtPoint } from './heatmapImage.ts';
import { heatOf, LAYER_UNITS } from './layers.ts';
import { repaint } from './repaint.ts';
import { TilePicker } from './TilePicker.tsx';
import { useElementSize } from './useElementSize.ts';

const FALLBACK_ASPECT = 5 / 3;

/** The largest box of this aspect within the space. */
function fit(space: Size, aspect: number): Size {
  const width = Math.min(space.width, space.height * aspect);
  return { width: Math.max(1, Math.floor(width)), height: Math.max(1, Math.floor(width / aspect)) };
}

export function StageCanvas() {
  const space = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const capture = useLab((state) => state.info?.captureSize);
  const isEmpty = useLab((state) => state.frame === null);
  const view = useLab((state) => state.view);
  const { width, height } = fit(
    useElementSize(space),
    capture ? capture.width / capture.height : FALLBACK_ASPECT,
  );

  useEffect(
    () =>
      repaint(canvas.current, { width, height }, watchPicture, (context) => {
        const picture = currentPicture();
        const heat = view.heatHidden ? null : heatOf(picture.gradients, view.layer, view.layerKnob);
        drawStage(context, { picture, heat, blend: view.blend, boxes: view.boxes, width, height });
      }),
    [width, height, view],
  );

  return (
    <div className="stage-space" ref={space}>
      <div className="stage-frame" style={{ width, height }}>
        <canvas
          ref={canvas}
          data-picture
          style={{ width, height, visibility: isEmpty ? 'hidden' : 'visible' }}
          role="img"
          aria-label="The decoded frame as the server sees it, with the boxes found on it"
        />
        <PointerValue />
      </div>
    </div>
  );
}

/** The smallest box now drawn around a point: what a pointer means. */
function boxAt(point: Point): string | null {
  const inside = (currentPicture().frame?.detections ?? []).filter(
    ({ x, y, width, height }) =>
      point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height,
  );
  const smallest = inside.sort((a, b) => a.width * a.height - b.width * b.height)[0];
  return smallest ? labelOf(smallest) : null;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is under the pointer: the box's name and the heat map's value; also when they change under a resting one. */
function PointerValue() {
  const [point, setPoint] = useState<Point | null>(null);
  const layer = useLab((state) => state.view.layer);
  const knob = useLab((state) => state.view.layerKnob);
  const interval = useLab((state) => state.gradientsOf);
  // A new frame moves the boxes under a resting pointer.
  useLab((state) => (point === null ? null : state.frame));
  const onMove = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setPoint({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height });
  };
  const heat = interval === null ? null : heatOf(currentPicture().gradients, layer, knob);
  const value = heat && point ? valueAtPoint(heat.heatmap, point.x, point.y) : null;
  const hasUnit = layer !== 'none' && layer !== 'all';
  const number = value !== null && hasUnit ? `${scientific(value)} ${LAYER_UNITS[layer]}` : null;
  const text = point ? [boxAt(point), number].filter((part) => part !== null).join(' · ') : '';
  return (
    <div className="stage-pointer" onPointerMove={onMove} onPointerLeave={() => setPoint(null)}>
      {layer === 'tiles' && <TilePicker />}
      {point && text !== '' && (
        <output
          className="pointer-value"
          style={{
            left: `${point.x * 100}%`,
            top: `${point.y * 100}%`,
            translate: `${point.x > 0.7 ? 'calc(-100% - 12px)' : '12px'} ${point.y > 0.85 ? '-120%' : '12px'}`,
          }}
        >
          {text}
        </output>
      )}
    </div>
  );
}
