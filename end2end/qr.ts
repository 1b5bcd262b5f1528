import type { BrowserContext, Locator } from "@playwright/test";
import decode from "qr/decode.js";

/** What a camera reads in a picture: `lens` is a browser with JavaScript, in which the pixels are looked at. */
export async function scan(picture: Locator, lens: BrowserContext): Promise<string> {
  const seen = `data:image/png;base64,${(await picture.screenshot()).toString("base64")}`;
  const page = await lens.newPage();
  const { width, height, pixels } = await page.evaluate(async (address) => {
    const image = await createImageBitmap(await (await fetch(address)).blob());
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext("2d")!;
    canvas.drawImage(image, 0, 0);
    return { width, height, pixels: [...canvas.getImageData(0, 0, width, height).data] };
  }, seen);
  await page.close();
  return decode({ width, height, data: Uint8Array.from(pixels) }, { timeLimit: 5_000 });
}
