const reserved = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * The last part of a name that came from outside, fit for every file system: without folders, control characters,
 * characters that Windows reserves, leading dots, trailing dots and blanks; names of Windows devices get `_` in front.
 * At most 100 characters, the ending kept; `file` when nothing is left.
 */
export function safeFileName(name: string): string {
  const last = name.slice(-1000).split(/[\\/]/).at(-1) as string;
  let safe = last
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*%#]/gu, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  if (reserved.test(safe)) safe = `_${safe}`;
  if (safe.length > 100) {
    const ending = /\.[A-Za-z0-9]{1,10}$/.exec(safe)?.[0] ?? '';
    safe = safe.slice(0, 100 - ending.length).replace(/[\ud800-\udbff]$/, '') + ending;
  }
  return safe === '' ? 'file' : safe;
}
