/** What was concluded of one thing, and why. */
export interface Conclusion {
  about: string;
  value: string;
  why: string;
}
