/** The longer side of a photograph that is sent, pixels: enough to know a thing by. */
const longest = 1280;
const quality = 0.8;

/** A picture made small, and rid of what cameras write beside it (place, time, owner). @throws when it is no picture */
export async function shrink(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}
