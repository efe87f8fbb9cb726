@NullMarked
package io.cordboard.web.schema;

import org.jspecify.annotations.NullMarked;
