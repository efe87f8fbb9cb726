@NullMarked
package io.cordboard.web.json;

import org.jspecify.annotations.NullMarked;
