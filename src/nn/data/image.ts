/** A picture in memory. */
export interface Image {
  width: number;
  height: number;
  /** 1 for grey, 3 for red, green and blue. */
  channels: 1 | 3;
  /** height × width × channels levels from 0 to 255, row after row, the channels of a pixel side by side. */
  data: Uint8Array;
}

export function isImage(value: unknown): value is Image {
  const { width, height, channels, data } = (value ?? {}) as Partial<Image>;
  return data instanceof Uint8Array && typeof width === 'number' && typeof height === 'number' && (channels === 1 || channels === 3);
}
