/** JSON Schema of the desk's socket, made from the records, for the desk's TypeScript types. */
@NullMarked
package io.cordboard.web.schema;

import org.jspecify.annotations.NullMarked;
