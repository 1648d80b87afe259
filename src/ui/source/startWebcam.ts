/** Asks for the camera and starts a run on it; a refusal or absence is a sentence, and what runs goes on. */
import { holdCamera } from '../store/inputs.ts';
import { notify } from '../store/notices.ts';
import { startFootage } from './startFootage.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  NotAllowedError:
    'The camera was refused. Allow it with the camera symbol in the address bar, then press Start webcam again.',
  NotFoundError: 'No camera was found on this computer. Plug one in, then press Start webcam again.',
  NotReadableError:
    'The camera is used by another program. Close that program, then press Start webcam again.',
  OverconstrainedError: 'The camera offers no size that the lab can use. Try another camera.',
};

function sentenceOf(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  return SENTENCES[name] ?? `The camera could not be started (${String(error)}). Check it and try again.`;
}

export async function startWebcam(): Promise<void> {
  if (!('mediaDevices' in navigator)) {
    notify(
      'Browsers give a camera only to pages of localhost or https. Open the lab at such an address.',
      'warning',
    );
    return;
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: 640 }, height: { ideal: 384 }, frameRate: { ideal: 30 } },
    });
    const camera = stream.getVideoTracks()[0];
    if (!camera) throw new DOMException('no video track', 'NotFoundError');
    holdCamera(camera);
    // A camera knows only its present: there is no virtual time with it.
    await startFootage({ source: { kind: 'webcam' }, clock: 'live' });
  } catch (error) {
    notify(sentenceOf(error), 'warning');
  }
}
