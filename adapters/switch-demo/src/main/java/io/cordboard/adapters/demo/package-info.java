/**
 * A telephone switch that lives in the server's process: it behaves like a PBX at the telephony
 * SPI, so that everything but real audio can be tried with nothing installed. Its callers and
 * agents speak scripted conversations as captions; its recordings carry a soft tone for every
 * sentence.
 */
@NullMarked
package io.cordboard.adapters.demo;

import org.jspecify.annotations.NullMarked;
