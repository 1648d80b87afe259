/** Makes a small WebM in the browser: a street of rectangles, recorded as a person's screen recorder would. */
import type { Browser } from '@playwright/test';

/** @returns the file's bytes */
export async function recordClip(browser: Browser, seconds: number): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    const base64 = await page.evaluate(async (length) => {
      const canvas = document.createElement('canvas');
      canvas.width = 480;
      canvas.height = 288;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('No 2D canvas.');
      const draw = (t: number): void => {
        context.fillStyle = '#7d8894';
        context.fillRect(0, 0, 480, 288);
        context.fillStyle = '#3c4148';
        context.fillRect(0, 150, 480, 90);
        context.fillStyle = '#b3261e';
        context.fillRect((t * 90) % 480, 165, 90, 40);
        context.fillStyle = '#1e4fb3';
        context.fillRect(480 - ((t * 120) % 480), 200, 90, 36);
      };
      const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: 'video/webm;codecs=vp9' });
      const parts: Blob[] = [];
      recorder.ondataavailable = (event) => parts.push(event.data);
      const stopped = new Promise((resolve) => (recorder.onstop = resolve));
      const started = performance.now();
      draw(0);
      recorder.start();
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const t = (performance.now() - started) / 1000;
          draw(t);
          if (t < length) return;
          clearInterval(timer);
          resolve();
        }, 1000 / 15);
      });
      recorder.stop();
      await stopped;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    }, seconds);
    return Buffer.from(base64, 'base64');
  } finally {
    await page.close();
  }
}
