/** Which addresses of this machine may be listened at. */
@NullMarked
package io.cordboard.app.net;

import org.jspecify.annotations.NullMarked;
