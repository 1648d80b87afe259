/**
 * The ladders of the knobs. **To add a knob**: name it in knob.ts and configuration.ts, give it a ladder here, apply it
 * in sensor/ (what it does to the frames) and it is tuned, drawn and reported like the others (docs/extending.md has the rest).
 */
import { COLOURS, ENHANCEMENTS } from './configuration.ts';
import { CODECS, type Codec } from './experiment.ts';
import { KNOB_LABELS, type Knob, type KnobName } from './knob.ts';
import { serverChoice, type ServerChoice } from './serverKnobs.ts';
import { formatSize, scaleSize, type Size } from './size.ts';

/** Frames that the camera captures a second; the frame-rate knob sends a part of them. */
export const CAPTURE_FPS = 10;

/** Clips and cameras above this are captured smaller: the reference encode of every frame must keep up. */
export const MAX_CAPTURE: Size = { width: 1280, height: 720 };

const RESOLUTION_FACTORS = [0.3, 0.4, 0.5, 0.65, 0.8, 1];
const FRAME_RATES = [1, 2, 5, 10];
/** Seconds; whole ones, since a stream can only start anew where an interval does. */
const KEY_FRAME_INTERVALS = [10, 5, 2, 1];
/** Least per cent of the tiles at full quality; 100 is without tiles. */
const TILE_PERCENTS = [10, 20, 35, 50, 100];
/** At the same quantizer AV1 took 2 to 24 % fewer bytes than VP9 on the scene (at 64 in night rain 3 % more): docs/trust.md. */
const CODEC_LADDER: readonly Codec[] = ['av1', 'vp9'];
/**
 * Least change of a frame by each feature of the frame filter, % of the frame; 0: every frame is sent. From what hardly any
 * frame of the scene and of our clips changes by in a second down to what nearly every moving one changes by in a tenth.
 */
const PIXEL_THRESHOLDS = [8, 4, 2, 1, 0.5, 0.2, 0];
const AREA_THRESHOLDS = [4, 2, 1, 0.5, 0.2, 0.05, 0];
const EDGE_THRESHOLDS = [8, 5, 3, 2, 1, 0.5, 0];
/** Quantizer steps as fractions of the encoder's largest quantizer, cheap (coarse) to expensive (fine). */
const QUANTIZER_FRACTIONS = [240, 224, 208, 192, 176, 160, 144, 128, 112, 96, 80, 64, 48, 32].map(
  (q) => q / 255,
);

export interface CodecChoice {
  /** The experiment's: where the knob rests. */
  readonly rest: Codec;
  /** Those that this browser encodes; the ladder has no others. */
  readonly usable: readonly Codec[];
}

/**
 * All knobs for a source of this size on an encoder with this quantizer range.
 * @param capture size of the captured frames, pixels
 * @param maxQuantizer largest quantizer that the encoder was seen to honour (255 for VP9 and AV1 in Chromium)
 * @param server what the detector offers
 */
export function ladders(
  capture: Size,
  maxQuantizer: number,
  codec: CodecChoice = { rest: 'vp9', usable: CODECS },
  server: ServerChoice = serverChoice('default', { width: 480, height: 288 }),
): Record<KnobName, Knob> {
  return {
    resolution: {
      name: 'resolution',
      label: KNOB_LABELS.resolution,
      meaning: 'Size at which frames are encoded and sent. The server scales them to the detector’s input.',
      unit: 'px',
      values: [...new Set(RESOLUTION_FACTORS.map((f) => formatSize(scaleSize(capture, f))))],
      inTurn: 'withKeyFrames',
    },
    quantizer: {
      name: 'quantizer',
      label: KNOB_LABELS.quantizer,
      meaning: 'How coarsely the encoder rounds each block. Small is fine detail and many bytes.',
      unit: '',
      values: [...new Set(QUANTIZER_FRACTIONS.map((f) => Math.round(f * maxQuantizer)))],
      inTurn: 'always',
    },
    frameRate: {
      name: 'frameRate',
      label: KNOB_LABELS.frameRate,
      meaning: 'Frames sent a second. A frame that is not sent reuses the last detections.',
      unit: 'fps',
      values: FRAME_RATES,
      inTurn: 'always',
    },
    keyFrameInterval: {
      name: 'keyFrameInterval',
      label: KNOB_LABELS.keyFrameInterval,
      meaning: 'Seconds from one key frame to the next. The frames between them only say what has changed.',
      unit: 's',
      values: KEY_FRAME_INTERVALS,
      inTurn: 'never',
    },
    codec: {
      name: 'codec',
      label: KNOB_LABELS.codec,
      meaning: 'The format that frames are encoded in. A change starts a new stream with a key frame.',
      unit: '',
      values: CODEC_LADDER.filter((value) => codec.usable.includes(value)),
      rest: codec.rest,
      inTurn: 'never',
    },
    colour: {
      name: 'colour',
      label: KNOB_LABELS.colour,
      meaning: 'With colour or in grey: grey frames are encoded without chroma.',
      unit: '',
      values: COLOURS,
      inTurn: 'never',
    },
    pixelFilter: {
      name: 'pixelFilter',
      label: KNOB_LABELS.pixelFilter,
      meaning: 'A frame is sent when more than this share of its pixels has changed since the last one sent.',
      unit: '%',
      values: PIXEL_THRESHOLDS,
      inTurn: 'always',
    },
    areaFilter: {
      name: 'areaFilter',
      label: KNOB_LABELS.areaFilter,
      meaning: 'A frame is sent when one connected region of more than this share of it has changed.',
      unit: '%',
      values: AREA_THRESHOLDS,
      inTurn: 'always',
    },
    edgeFilter: {
      name: 'edgeFilter',
      label: KNOB_LABELS.edgeFilter,
      meaning: 'A frame is sent when edges have come or gone at more than this share of its pixels.',
      unit: '%',
      values: EDGE_THRESHOLDS,
      inTurn: 'always',
    },
    inputSize: {
      name: 'inputSize',
      label: KNOB_LABELS.inputSize,
      meaning: 'Size at which the detector sees a frame. Its work grows with the pixels.',
      unit: 'px',
      values: server.inputSizes,
      inTurn: 'always',
    },
    member: {
      name: 'member',
      label: KNOB_LABELS.member,
      meaning: 'Which detector of the family looks, up to the experiment’s own.',
      unit: '',
      values: server.members,
      inTurn: 'always',
    },
    enhancement: {
      name: 'enhancement',
      label: KNOB_LABELS.enhancement,
      meaning: 'Whether the decoded frame is sharpened before the detector sees it.',
      unit: '',
      values: ENHANCEMENTS,
      rest: 'off',
      inTurn: 'never',
    },
    tiles: {
      name: 'tiles',
      label: KNOB_LABELS.tiles,
      meaning:
        'Share of the frame’s tiles that keep full quality at least: those that the detector would miss most. The others have a coarser quantizer or less detail, where that saves more than a coarser quantizer for all.',
      unit: '%',
      values: TILE_PERCENTS,
      inTurn: 'always',
    },
  };
}

/** Size at which a source of the given size is captured: within {@link MAX_CAPTURE}, even sides. */
export function captureSize(source: Size): Size {
  const factor = Math.min(1, MAX_CAPTURE.width / source.width, MAX_CAPTURE.height / source.height);
  return scaleSize(source, factor);
}
