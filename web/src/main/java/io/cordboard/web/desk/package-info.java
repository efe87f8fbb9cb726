/** The desk's socket: numbered messages out, commands in, never holding up who sends. */
@NullMarked
package io.cordboard.web.desk;

import org.jspecify.annotations.NullMarked;
