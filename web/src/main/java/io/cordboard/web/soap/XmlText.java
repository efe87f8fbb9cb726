package io.cordboard.web.soap;

import org.jspecify.annotations.Nullable;

/** Writes elements of our own namespace. */
final class XmlText {
  /** The namespace of what is told. */
  static final String OURS = "urn:cordboard:soap:1";

  private final StringBuilder out = new StringBuilder();
  private int depth;

  XmlText open(String name) {
    out.append('<').append(name);
    if (depth++ == 0) {
      out.append(" xmlns=\"").append(OURS).append('"');
    }
    out.append('>');
    return this;
  }

  XmlText close(String name) {
    depth--;
    out.append("</").append(name).append('>');
    return this;
  }

  /** An element with a text; nothing where there is none. */
  XmlText text(String name, @Nullable Object value) {
    if (value != null) {
      open(name);
      out.append(escaped(value.toString()));
      close(name);
    }
    return this;
  }

  /** Text without what XML takes for its own, or cannot hold at all. */
  static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '\r' -> safe.append("&#13;");
                default -> safe.appendCodePoint(isXml(c) ? c : 0xfffd);
              }
            });
    return safe.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t' || c == '\n' || c >= 0x20 && c < 0xd800 || c > 0xdfff && c < 0xfffe
        || c > 0xffff;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
