/** Column names as scikit-learn makes them: the class's name in small letters and a number, pca0, pca1, …. */
export function componentNames(owner: string, count: number): string[] {
  return Array.from({ length: count }, (_, k) => `${owner.toLowerCase()}${k}`);
}
