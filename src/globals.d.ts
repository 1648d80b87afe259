/** https://www.w3.org/TR/mediacapture-transform/ — in Chrome's window, not yet in TypeScript's DOM types. */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack });
  readonly readable: ReadableStream<VideoFrame>;
}
