@NullMarked
package io.cordboard.web.desk;

import org.jspecify.annotations.NullMarked;
