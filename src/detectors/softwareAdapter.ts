/** Tells adapters without a graphics card behind them. Free of tfjs, since the page asks before it loads any. */

/** Names that browsers give to them. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|basic render|warp/i;

export const isSoftwareAdapter = ({
  isFallbackAdapter,
  vendor,
  architecture,
  device,
  description,
}: GPUAdapterInfo): boolean =>
  isFallbackAdapter || [vendor, architecture, device, description].some((name) => SOFTWARE.test(name));
