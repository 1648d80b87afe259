/** The frame with its heat map and boxes; redrawn outside React, once a display frame at most. */
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import type { Size } from '../../domain/size.ts';
import { useLab } from '../store/labStore.ts';
import { currentPicture, watchPicture } from '../store/picture.ts';
import { scientific } from '../format.ts';
import { drawStage } from './drawStage.ts';
import { valueAtPoint } from './heatmapImage.ts';
import { heatOf, LAYER_UNITS } from './layers.ts';
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
  const view = useLab((state) => state.view);
  const { width, height } = fit(
    useElementSize(space),
    capture ? capture.width / capture.height : FALLBACK_ASPECT,
  );

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const scale = window.devicePixelRatio;
    context.canvas.width = Math.round(width * scale);
    context.canvas.height = Math.round(height * scale);
    let request = 0;
    const draw = (): void => {
      request = 0;
      const picture = currentPicture();
      const heat = view.heatHidden ? null : heatOf(picture.gradients, view.layer, view.layerKnob);
      drawStage(context, { picture, heat, blend: view.blend, boxes: view.boxes, width, height }, scale);
    };
    draw();
    const unwatch = watchPicture(() => {
      request ||= requestAnimationFrame(draw);
    });
    return () => {
      unwatch();
      cancelAnimationFrame(request);
    };
  }, [width, height, view]);

  return (
    <div className="stage-space" ref={space}>
      <div className="stage-frame" style={{ width, height }}>
        <canvas
          ref={canvas}
          data-picture
          style={{ width, height }}
          role="img"
          aria-label="The decoded frame as the server sees it, with the boxes found on it"
        />
        <PointerValue />
      </div>
    </div>
  );
}

interface Probe {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** The heat map's value under the pointer. */
function PointerValue() {
  const [probe, setProbe] = useState<Probe | null>(null);
  const onMove = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    const { layer, layerKnob } = useLab.getState().view;
    const heat = heatOf(currentPicture().gradients, layer, layerKnob);
    const value = heat ? valueAtPoint(heat.heatmap, x, y) : null;
    if (value === null || layer === 'none' || layer === 'all') setProbe(null);
    else setProbe({ x, y, text: `${scientific(value)} ${LAYER_UNITS[layer]}` });
  };
  return (
    <div className="stage-pointer" onPointerMove={onMove} onPointerLeave={() => setProbe(null)}>
      {probe && (
        <output
          className="pointer-value"
          style={{
            left: `${probe.x * 100}%`,
            top: `${probe.y * 100}%`,
            translate: `${probe.x > 0.7 ? 'calc(-100% - 12px)' : '12px'} ${probe.y > 0.85 ? '-120%' : '12px'}`,
          }}
        >
          {probe.text}
        </output>
      )}
    </div>
  );
}
