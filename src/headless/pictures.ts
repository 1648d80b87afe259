/** The heat maps of an interval as pictures for its report. */
import type { KnobName } from '../domain/knob.ts';
import type { GradientView, Heatmap } from '../engine/events.ts';
import type { ColourMapName } from '../ui/stage/colourMaps.ts';
import { heatmapImage, heatScale } from '../ui/stage/heatmapImage.ts';

export interface Picture {
  readonly title: string;
  readonly dataUrl: string;
  readonly scale: ReturnType<typeof heatScale> & { readonly unit: string };
}

export async function heatmapPictures(view: GradientView): Promise<Picture[]> {
  const second = `interval ${view.intervalIndex}`;
  const pass =
    view.dnnGradAge === 0 ? '' : ` (backward pass of interval ${view.intervalIndex - view.dnnGradAge})`;
  const knobs = Object.entries(view.knobs) as [KnobName, GradientView['knobs'][KnobName]][];
  return Promise.all([
    picture(
      `DNNGrad, ${second}${pass}: which pixels move the detector’s output`,
      view.dnnGrad,
      'magnitude',
      'U per grey level',
    ),
    ...(view.tiles
      ? [picture(`What each tile’s full quality is worth, ${second}`, view.tiles.values, 'signed', 'U')]
      : []),
    ...knobs.flatMap(([name, shown]) =>
      !shown?.maps
        ? []
        : [
            picture(
              `DNNGrad · InputGrad of ${name} towards ${shown.neighbour}, ${second}`,
              shown.maps.product,
              'signed',
              'U',
            ),
          ],
    ),
  ]);
}

async function picture(title: string, heatmap: Heatmap, map: ColourMapName, unit: string): Promise<Picture> {
  const blob = await heatmapImage(heatmap, map).convertToBlob({ type: 'image/png' });
  return { title, dataUrl: await dataUrlOf(blob), scale: { ...heatScale(heatmap, map), unit } };
}

const dataUrlOf = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new Error('A heat map could not be turned into a picture. Run it again.'));
    reader.readAsDataURL(blob);
  });
