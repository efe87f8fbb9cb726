@NullMarked
package io.cordboard.adapters.rest;

import org.jspecify.annotations.NullMarked;
