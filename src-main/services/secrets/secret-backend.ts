/** Seals and opens secrets with a key that the backend keeps somewhere. */
export interface SecretBackend {
  /** Written before every sealed secret, so that each is opened by what sealed it. Fixed for ever. */
  readonly id: string;
  /** What protects the key, honestly, for the doctor. */
  readonly protection: string;
  /** False where anybody who reads the home can read the secrets too. */
  readonly strong: boolean;
  seal(plain: string): Promise<Buffer>;
  open(sealed: Buffer): Promise<string>;
}
