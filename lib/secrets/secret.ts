/** Bytes a secret has at least. */
const shortestSecret = 32;

/** What people leave standing from an example: long enough, and known to everybody. */
const placeholder =
  /change[-_ .]?(me|this|it)|replace[-_ .]?(me|this|it|with)|your[-_ .]?(own|secret|key|nextauth|random)|^(a[-_ .])?(secret|password|default|example|placeholder)([-_ .]|$)|(012345|123456|abcdef|qwerty){2}/i;

/** Fewer different characters than this no random secret of this length has. */
const fewestCharacters = 10;

/** Why a text is no secret; undefined where it may be one. */
export function weaknessOf(secret: string): string | undefined {
  if (Buffer.byteLength(secret) < shortestSecret) return `must have at least ${shortestSecret} bytes`;
  if (placeholder.test(secret)) return 'is an example that everyone knows: make one with openssl rand -base64 32';
  if (new Set(secret).size < fewestCharacters) return 'is not random: make one with openssl rand -base64 32';
  return undefined;
}
