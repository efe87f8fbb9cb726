/** The certificate by which browsers know this server: the company's own, or a local authority's. */
@NullMarked
package io.cordboard.app.tls;

import org.jspecify.annotations.NullMarked;
