package io.cordboard.testkit.crm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An answer of the fake CRM. */
record FakeAnswer(int status, String header, String body) {
  static FakeAnswer of(int status, CharSequence body) {
    return new FakeAnswer(status, "", body.toString());
  }

  static FakeAnswer no(int status, String code, String field, String words) {
    StringBuilder body = new StringBuilder("{\"error\":{\"code\":\"").append(code).append("\",\"message\":");
    Json.quote(body, words).append(",\"field\":");
    return of(status, Json.quote(body, field).append("}}"));
  }

  static FakeAnswer unauthorised() {
    return no(401, "unauthorised", "", "The login is missing, wrong or has ended.");
  }

  static FakeAnswer busy(int seconds) {
    FakeAnswer plain = no(429, "too_many_requests", "", "Too many requests.");
    return seconds == 0 ? plain : new FakeAnswer(429, "Retry-After: " + seconds + "\r\n", plain.body());
  }

  byte[] bytes() {
    return bytes("application/json; charset=utf-8");
  }

  byte[] bytes(String type) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(160).append("HTTP/1.1 ").append(status).append(" .\r\n").append(header);
    if (status != 204) {
      head.append("Content-Type: ").append(type).append("\r\nContent-Length: ").append(content.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(start, start.length + content.length);
    System.arraycopy(content, 0, all, start.length, content.length);
    return all;
  }
}
