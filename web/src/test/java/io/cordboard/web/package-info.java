@NullMarked
package io.cordboard.web;

import org.jspecify.annotations.NullMarked;
