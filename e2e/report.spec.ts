/** A report leaves the page, comes back, and is run again. */
import { expect, FASTEST, test } from './support/lab.ts';

test('is exported, opened again and run again', async ({ lab, page }) => {
  await lab.open({ ...FASTEST, seconds: 3, seed: 5, kbps: 500 });
  await lab.live(3);
  await expect(lab.by('run-state')).toHaveText('Ended');
  const json = await lab.exported('json');
  const report = await lab.report();
  const html = await lab.exported('html');
  const csv = await lab.exported('csv');
  expect(csv.trimEnd().split('\r\n')).toHaveLength(4);

  await page.goto('about:blank');
  await lab.open();
  await lab.by('open-report').setInputFiles({
    name: 'old.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"schemaVersion": 99}'),
  });
  await expect(lab.notice('schema version 99')).toBeVisible();
  await lab.openReport(json);
  await expect(lab.by('interval-count')).toHaveText('3');
  await expect(lab.notice('schema version 99')).toHaveCount(0);
  expect(await lab.report()).toEqual(report);

  await lab.by('run-again').click();
  await lab.live(3);
  await expect(lab.by('run-state')).toHaveText('Ended');
  const again = await lab.report();
  expect(again.experiment).toMatchObject({ seed: 5, budget: { bandwidthKbps: 500 } });
  expect(again.intervals.map((i) => [i.configuration, i.bytes])).toEqual(
    report.intervals.map((i) => [i.configuration, i.bytes]),
  );

  await lab.by('open-report').setInputFiles({
    name: 'report.html',
    mimeType: 'text/html',
    buffer: Buffer.from(html),
  });
  await expect(lab.root).toHaveAttribute('data-origin', 'opened');
  expect((await lab.report()).intervals).toEqual(report.intervals);
});

test('the exported page stands alone', async ({ lab, browser }) => {
  await lab.open({ ...FASTEST, seconds: 1 });
  await lab.live();
  const html = await lab.exported('html');
  const context = await browser.newContext({ offline: true, colorScheme: 'dark' });
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  await page.setContent(html);
  await expect(page.getByRole('img', { name: /^Bandwidth:/ })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Scene crossing');
  expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([]);
  expect(problems).toEqual([]);
  await context.close();
});
