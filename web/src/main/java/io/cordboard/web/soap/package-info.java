/** The SOAP services, for systems that speak nothing else. */
@NullMarked
package io.cordboard.web.soap;

import org.jspecify.annotations.NullMarked;
