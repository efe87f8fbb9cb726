/**
 * Answers a call once its tone was heard; the result keeps it from that. Where the browser keeps the tone
 * silent (null) it rings like any other: nobody is put through without having been warned.
 */
export function answerByItself(tone: Promise<void> | null, ring: () => void, answer: () => void): () => void {
  let prevented = false;
  if (tone === null) ring();
  else void tone.then(() => prevented || answer());
  return () => {
    prevented = true;
  };
}
