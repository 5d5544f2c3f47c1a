/** Numbers of the losses, as ../gradient-arrays.ts has them; that of several classes comes after them. */
export const LOG_LOSS: i32 = 0;
export const SQUARED: i32 = 1;
export const ABSOLUTE: i32 = 2;
export const QUANTILE: i32 = 3;
export const HUBER: i32 = 4;
export const POISSON: i32 = 5;
export const GAMMA: i32 = 6;
