import type { Page } from '@playwright/test';

/** A picture for the eye, which proves nothing by itself: taken only with PICTURES=1, as drawing it takes long. */
export async function picture(page: Page, path: string, { fullPage = false } = {}): Promise<void> {
  if (process.env.PICTURES) await page.screenshot({ path, fullPage });
}
