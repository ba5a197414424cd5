import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** What a camera's picture is looked through for codes with. */
export interface CodeReader {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

/** On our labels, on makers' labels, on tags. */
const formats = ['qr_code', 'data_matrix', 'code_128', 'code_39', 'ean_13', 'itf'] as const;

interface NativeDetector {
  new (options: { readonly formats: readonly string[] }): CodeReader;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** The browser's own reader where it knows the codes we need; else ZXing, fetched from this server when first needed. */
export async function openReader(): Promise<CodeReader> {
  return (await native()) ?? (await bundled());
}

async function native(): Promise<CodeReader | null> {
  const Native = (globalThis as { BarcodeDetector?: NativeDetector }).BarcodeDetector;
  if (Native === undefined) return null;
  const known = await Native.getSupportedFormats();
  const wanted = formats.filter((format) => known.includes(format));
  return ['qr_code', 'code_128'].every((format) => known.includes(format)) ? new Native({ formats: wanted }) : null;
}

async function bundled(): Promise<CodeReader> {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  return new BarcodeDetector({ formats: [...formats] });
}
