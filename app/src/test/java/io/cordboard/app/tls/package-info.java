@NullMarked
package io.cordboard.app.tls;

import org.jspecify.annotations.NullMarked;
