/**
 * Asterisk 22 over ARI (WebSocket and REST), and over AMI where ARI cannot: recordings, contacts,
 * device states. What an Asterisk needs for it stands in {@code docs/vendors/asterisk.md}.
 */
@NullMarked
package io.cordboard.adapters.asterisk;

import org.jspecify.annotations.NullMarked;
