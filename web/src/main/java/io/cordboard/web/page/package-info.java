/** The desk's own files. */
@NullMarked
package io.cordboard.web.page;

import org.jspecify.annotations.NullMarked;
