/** What happens when the page opens: a recorded run plays at once, the live one is prepared and takes over. */
import { playRecordedRun } from './recording/playRecordedRun.ts';
import { restoreConsent } from './store/consent.ts';
import { notify } from './store/notices.ts';
import { startDraft } from './store/session.ts';
import { keepAddress, readAddress } from './store/urlSync.ts';
import { restoreTheme } from './store/view.ts';
import { sentenceOf } from '../domain/sentenceOf.ts';

export async function start(): Promise<void> {
  restoreTheme();
  restoreConsent();
  void playRecordedRun();
  try {
    await readAddress();
  } catch (error) {
    notify(sentenceOf(error), 'warning');
  }
  keepAddress();
  await startDraft();
}
