/**
 * What WebCodecs is asked for. Both codecs run in quantizer mode: the lab sets the quantizer of every frame, and no
 * rate control of the encoder's own stands between a knob and its effect.
 */
import type { Codec } from '../domain/experiment.ts';
import type { Size } from '../domain/size.ts';

/** Codec strings of https://www.w3.org/TR/webcodecs-codec-registry/: 8 bit 4:2:0, a level that holds 1280×720. */
const CODEC_STRING: Record<Codec, string> = { vp9: 'vp09.00.31.08', av1: 'av01.0.05M.08' };

export function encoderConfig(codec: Codec, size: Size): VideoEncoderConfig {
  return {
    codec: CODEC_STRING[codec],
    width: size.width,
    height: size.height,
    bitrateMode: 'quantizer',
    latencyMode: 'realtime',
    hardwareAcceleration: 'prefer-software',
  };
}

/** @param colourSpace as the encoder told it; null: as the stream says */
export function decoderConfig(codec: Codec, colourSpace: VideoColorSpaceInit | null): VideoDecoderConfig {
  return {
    ...(colourSpace ? { colorSpace: colourSpace } : {}),
    codec: CODEC_STRING[codec],
    optimizeForLatency: true,
    hardwareAcceleration: 'prefer-software',
  };
}

/** The option of `VideoEncoder.encode` that sets the quantizer; its name differs by codec. */
export function encodeOptions(codec: Codec, quantizer: number, keyFrame: boolean): VideoEncoderEncodeOptions {
  const options = { keyFrame, [codec]: { quantizer } };
  return options;
}
