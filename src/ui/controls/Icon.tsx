/** Small line icons on a 16 × 16 grid, drawn in the text's colour. Decoration only: whoever uses one names it. */
const PATHS = {
  play: 'M5 3.2v9.6L12.5 8z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  stop: 'M4 4h8v8H4z',
  step: 'M4 3.5v9L9.5 8zM12 3.5v9',
  slow: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5M8 5v3l2 1.5M11 2.5h3v3',
  share:
    'M6.5 9.5l3-3M7 4.8l1.4-1.4a2.6 2.6 0 0 1 3.7 3.7L10.7 8.5M9 11.2l-1.4 1.4a2.6 2.6 0 0 1-3.7-3.7L5.3 7.5',
  export: 'M8 9.5v-7M5 5l3-3 3 3M2.5 9.5v4h11v-4',
  open: 'M2 12.5v-9h4l1.5 2H14v7z',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z',
  auto: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  help: 'M5.8 6a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.1.9-1.1 1.7M8 12.2v.3',
  down: 'M4.5 6.5L8 10l3.5-3.5',
  close: 'M4 4l8 8M12 4l-8 8',
  pin: 'M6 2.5h4l-.5 4 2 2.5h-7l2-2.5zM8 9v4.5',
  warning: 'M8 2.5L14.5 13.5h-13zM8 6.5v3.5M8 11.7v.3',
  info: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M8 7.3v3.7M8 5v.3',
  up: 'M8 13V3M4 7l4-4 4 4',
  sort: 'M5 6.5l3-3 3 3M5 9.5l3 3 3-3',
  fall: 'M8 3v10M4 9l4 4 4-4',
  right: 'M3 8h10M9 4l4 4-4 4',
  left: 'M13 8H3M7 4L3 8l4 4',
  camera: 'M2 4.5h8v7H2zM10 7l4-2v6l-4-2',
  film: 'M2.5 3.5h11v9h-11zM5 3.5v9M11 3.5v9M2.5 6.5H5M2.5 9.5H5M11 6.5h2.5M11 9.5h2.5',
  street: 'M6 3L3 13M10 3l3 10M8 4v1.5M8 7.5v1.5M8 11v1.5',
  picture: 'M2.5 3.5h11v9h-11zM2.5 10.5l3-3 2.5 2.5 2-2 3.5 3.5',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M2.5 9.5h11M6.5 3.5v9',
  chart: 'M2.5 2.5v11h11M4.5 10l3-3.5 2.5 2 3.5-4.5',
  scales: 'M8 2.5v11M5 13.5h6M3 4.5h10M3 4.5l-1.7 4.2h3.4zM13 4.5l-1.7 4.2h3.4z',
  again: 'M12.5 5.5A5 5 0 1 0 13 8.5M13 2.5v3.5H9.5',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  const isSolid = name === 'play' || name === 'step' || name === 'stop';
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill={isSolid ? 'currentColor' : 'none'} />
    </svg>
  );
}
