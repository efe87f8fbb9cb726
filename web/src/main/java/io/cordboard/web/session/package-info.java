/** Signing in: sessions of people, their cookie, their passwords. */
@NullMarked
package io.cordboard.web.session;

import org.jspecify.annotations.NullMarked;
