/**
 * Pictures of panels as PNG. A canvas is taken as it is; SVGs are redrawn with their computed styles written into
 * them, because a picture outside the page knows none of its style sheets.
 */

/** Pixels of the PNG for each CSS pixel of an SVG. */
const SCALE = 2;

const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
  'visibility',
  'transform',
  'paint-order',
] as const;

const encode = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else
        reject(new Error('The browser could not encode the picture. Make the window smaller and try again.'));
    }, 'image/png');
  });

/** PNG of a panel: its canvas if it has one, else all its SVG charts where they stand, with its texts. */
export async function panelPng(panel: Element): Promise<Blob> {
  const canvas = panel.querySelector('canvas[data-picture]');
  if (canvas instanceof HTMLCanvasElement) return encode(canvas);
  return encode(await drawPanel(panel));
}

/** Empty border around what is drawn, CSS pixels. */
const BORDER = 10;

/** The smallest frame that holds all boxes. */
function frameOf(boxes: readonly DOMRect[]): DOMRect {
  const left = Math.min(...boxes.map((b) => b.left)) - BORDER;
  const top = Math.min(...boxes.map((b) => b.top)) - BORDER;
  const right = Math.max(...boxes.map((b) => b.right)) + BORDER;
  const bottom = Math.max(...boxes.map((b) => b.bottom)) + BORDER;
  return new DOMRect(left, top, right - left, bottom - top);
}

async function drawPanel(panel: Element): Promise<HTMLCanvasElement> {
  const svgs = [...panel.querySelectorAll<SVGSVGElement>('svg:not(.icon)')]
    .map((svg) => ({ svg, box: svg.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.height > 0);
  const texts = [...panel.querySelectorAll<HTMLElement>('[data-png-text]')];
  if (svgs.length === 0)
    throw new Error(
      panel.querySelector('table, canvas')
        ? 'This panel shows no single picture now. Choose charts in place of the table, or one layer in place of all, and try again.'
        : 'There is nothing drawn yet. Wait for the first interval and try again.',
    );
  const frame = frameOf([
    ...svgs.map(({ box }) => box),
    ...texts.map((text) => text.getBoundingClientRect()),
  ]);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(frame.width * SCALE);
  canvas.height = Math.round(frame.height * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2-D canvas. Close other tabs and try again.');
  context.scale(SCALE, SCALE);
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--panel');
  context.fillRect(0, 0, frame.width, frame.height);
  for (const { svg, box } of svgs) {
    const image = await picture(svg, box);
    context.drawImage(image, box.left - frame.left, box.top - frame.top, box.width, box.height);
  }
  for (const text of texts) drawText(context, text, frame);
  return canvas;
}

function drawText(context: CanvasRenderingContext2D, element: HTMLElement, frame: DOMRect): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.color;
  context.textBaseline = 'middle';
  const isRight = style.textAlign === 'right' || style.textAlign === 'end';
  context.textAlign = isRight ? 'right' : 'left';
  const x = (isRight ? box.right : box.left) - frame.left;
  context.fillText(element.textContent, x, box.top - frame.top + box.height / 2, box.width + 40);
}

async function picture(svg: SVGSVGElement, box: DOMRect): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, i) => {
    const original = originals[i];
    if (!original) return;
    const style = getComputedStyle(original);
    const text = STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    element.setAttribute('style', text);
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(box.width * SCALE));
  copy.setAttribute('height', String(box.height * SCALE));
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${box.width} ${box.height}`);
  const source = new XMLSerializer().serializeToString(copy);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  return image;
}
