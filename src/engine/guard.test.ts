import { describe, expect, it } from 'vitest';
import { createGuard } from './guard.ts';

const never = new Promise<number>(() => undefined);

describe('guard', () => {
  it('passes answers and rejections on', async () => {
    const guard = createGuard();
    await expect(guard(Promise.resolve(3))).resolves.toBe(3);
    await expect(guard(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('rejects what is open and what comes later once it has failed', async () => {
    const guard = createGuard();
    const open = guard(never);
    guard.fail(new Error('gone'));
    guard.fail(new Error('again'));
    await expect(open).rejects.toThrow('gone');
    await expect(guard(Promise.resolve(1))).rejects.toThrow('gone');
  });
});
