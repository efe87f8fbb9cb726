/** Files that say how other systems are joined. */
@NullMarked
package io.cordboard.web.crm;

import org.jspecify.annotations.NullMarked;
