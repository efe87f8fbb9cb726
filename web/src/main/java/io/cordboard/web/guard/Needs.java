package io.cordboard.web.guard;

import io.cordboard.core.trust.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation for those who have one of these permissions. What says nothing is open to nobody.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
  /** One of them is enough. */
  Permission[] value();
}
