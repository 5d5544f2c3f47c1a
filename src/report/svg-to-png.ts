import { createRequire } from 'node:module';

/** Characters that the bundled font can draw: Latin, Greek, Cyrillic, common punctuation and signs. */
const covered = /^[\n -~\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u203a\u20ac\u2190-\u2193\u2212\u2248\u2260\u2264\u2265]*$/;

export interface PngOptions {
  /** Pixels per SVG unit. Default 2. */
  scale?: number;
}

/**
 * Rasterises an SVG on white.
 *
 * Text is drawn with the Inter font that comes along from npm, so that a machine without any font draws
 * it too and every machine draws the same pixels. Only where the text has characters that Inter lacks,
 * such as Chinese, are the machine's own fonts loaded as well.
 *
 * @returns the bytes of a PNG file
 * @example
 * await writeFile('roc.png', await svgToPng(await rocSvg(data), { scale: 3 }));
 */
export async function svgToPng(svg: string, { scale = 2 }: PngOptions = {}): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const fontFiles = fontFilesOfInter();
  const image = new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'zoom', value: scale },
    font: { fontFiles, loadSystemFonts: !covered.test(svg), defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  return Buffer.from(image.render().asPng());
}

function fontFilesOfInter(): string[] {
  const require = createRequire(import.meta.url);
  return ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map((file) => require.resolve(`@expo-google-fonts/inter/${file}`));
}
