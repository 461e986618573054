/**
 * Returns body with every find replaced, or body itself when it has none. Works on bytes, so that
 * text in any encoding that extends ASCII comes through whole.
 */
export function replaceAll(
  body: ArrayBuffer,
  find: ArrayBuffer,
  replacement: ArrayBuffer,
): ArrayBuffer {
  const matches: i32[] = [];
  for (let at = next(body, find, 0); at >= 0; at = next(body, find, at + find.byteLength)) {
    matches.push(at);
  }
  if (matches.length == 0) return body;

  const growth = replacement.byteLength - find.byteLength;
  const result = new ArrayBuffer(body.byteLength + matches.length * growth);
  let from = 0;
  let to = 0;
  for (let i = 0; i < matches.length; i++) {
    const kept = matches[i] - from;
    copy(result, to, body, from, kept);
    copy(result, to + kept, replacement, 0, replacement.byteLength);
    from = matches[i] + find.byteLength;
    to += kept + replacement.byteLength;
  }
  copy(result, to, body, from, body.byteLength - from);
  return result;
}

function next(body: ArrayBuffer, find: ArrayBuffer, from: i32): i32 {
  const first = load<u8>(changetype<usize>(find));
  const last = body.byteLength - find.byteLength;
  for (let at = from; at <= last; at++) {
    const here = changetype<usize>(body) + at;
    if (load<u8>(here) == first && memory.compare(here, changetype<usize>(find), find.byteLength) == 0) {
      return at;
    }
  }
  return -1;
}

function copy(to: ArrayBuffer, toAt: i32, from: ArrayBuffer, fromAt: i32, length: i32): void {
  memory.copy(changetype<usize>(to) + toAt, changetype<usize>(from) + fromAt, length);
}
