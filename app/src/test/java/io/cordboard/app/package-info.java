@NullMarked
package io.cordboard.app;

import org.jspecify.annotations.NullMarked;
