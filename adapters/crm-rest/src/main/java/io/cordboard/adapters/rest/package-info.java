/** Any CRM that speaks JSON, connected by its configuration file alone. */
@NullMarked
package io.cordboard.adapters.rest;

import org.jspecify.annotations.NullMarked;
