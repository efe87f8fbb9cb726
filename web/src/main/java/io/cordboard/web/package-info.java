/** HTTP, WebSocket and login: thin; the application imports {@link WebConfiguration}. */
@NullMarked
package io.cordboard.web;

import org.jspecify.annotations.NullMarked;
