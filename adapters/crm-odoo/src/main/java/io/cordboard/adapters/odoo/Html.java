package io.cordboard.adapters.odoo;

import java.util.regex.Pattern;

/** Text in fields in which Odoo keeps HTML. What we write is text only, whatever it looks like. */
final class Html {
  private static final Pattern BREAK =
      Pattern.compile("(?i)<br\\s*/?>|</(p|div|li|h[1-6]|tr)>\\s*(?!$)");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private Html() {}

  /** As it may stand between tags and in quoted attributes. */
  static String escaped(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&#34;");
        case '\'' -> html.append("&#39;");
        case '\n' -> html.append("<br>");
        default -> {
          // PostgreSQL keeps no NUL, and HTML no other control characters
          if (c >= ' ' || c == '\t') {
            html.append(c);
          }
        }
      }
    }
    return html.toString();
  }

  /** A whole field with nothing but text in it. */
  static String paragraph(String text) {
    return text.isEmpty() ? "" : "<p>" + escaped(text) + "</p>";
  }

  /** What a person would read. */
  static String text(String html) {
    String broken = BREAK.matcher(html.replace("\r", "").replace("\n", " ")).replaceAll("\n");
    return unescaped(TAG.matcher(broken).replaceAll("")).strip();
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("\u00a0", " ")
        .replace("&amp;", "&");
  }
}
