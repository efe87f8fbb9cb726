/** Main, wiring, configuration, command line: the only module that sees everything. */
@NullMarked
package io.cordboard.app;

import org.jspecify.annotations.NullMarked;
