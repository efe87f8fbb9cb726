/** The browser phone: its settings, and its way to the switch through our own server. */
@NullMarked
package io.cordboard.web.phone;

import org.jspecify.annotations.NullMarked;
