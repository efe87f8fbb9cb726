package io.cordboard.web.json;

/** The value of {@code type} by which a sealed type's records are told apart on the wire. */
public final class TypeNames {
  private TypeNames() {}

  /** Simple name in camel case: {@code CallChanged} becomes {@code callChanged}. */
  public static String of(Class<?> member) {
    String name = member.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
