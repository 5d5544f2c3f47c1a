export interface ConvolutionSettings {
  /** Steps of the window, one per spatial dimension. */
  readonly stride: readonly number[];
  /** Zeros on either side. */
  readonly padding: readonly number[];
  /** Distance of the kernel's elements. */
  readonly dilation: readonly number[];
  /** Into how many separate parts channels are divided. */
  readonly groups: number;
}
