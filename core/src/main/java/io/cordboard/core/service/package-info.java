/** Tasks such as the call-back after a missed call. */
@NullMarked
package io.cordboard.core.service;

import org.jspecify.annotations.NullMarked;
