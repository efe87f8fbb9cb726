/** What operators watch: the access log and the figures of the web part. */
@NullMarked
package io.cordboard.web.ops;

import org.jspecify.annotations.NullMarked;
