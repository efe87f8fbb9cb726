package io.cordboard.adapters.asterisk;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SIP message, cut into what we need. */
record SipMessage(String start, String head, String body) {
  static SipMessage of(String text) {
    int end = text.indexOf("\r\n\r\n");
    String head = end < 0 ? text : text.substring(0, end + 2);
    return new SipMessage(
        head.lines().findFirst().orElse(""), head, end < 0 ? "" : text.substring(end + 4));
  }

  String header(String name) {
    Matcher found = header(name, head);
    return found.find() ? found.group(1).strip() : "";
  }

  List<String> headers(String name) {
    return header(name, head).results().map(one -> one.group(1).strip()).toList();
  }

  private static Matcher header(String name, String head) {
    return Pattern.compile("(?im)^" + name + "[ \\t]*:[ \\t]*(.*?)\\r?$").matcher(head);
  }

  int status() {
    return start.startsWith("SIP/2.0 ") ? Integer.parseInt(start.substring(8, 11)) : 0;
  }

  String method() {
    return start.substring(0, Math.max(0, start.indexOf(' ')));
  }

  /** Whom the request line names. */
  String user() {
    Matcher found = Pattern.compile("^\\S+ sip:([^@>;]*)@").matcher(start);
    return found.find() ? found.group(1).replace("%2B", "+") : "";
  }

  String address(String name) {
    Matcher found = Pattern.compile("<([^>]*)>").matcher(header(name));
    return found.find() ? found.group(1) : header(name);
  }

  InetSocketAddress sound() {
    Matcher host = Pattern.compile("(?m)^c=IN IP4 (\\S+)").matcher(body);
    Matcher port = Pattern.compile("(?m)^m=audio (\\d+)").matcher(body);
    return host.find() && port.find()
        ? new InetSocketAddress(host.group(1), Integer.parseInt(port.group(1)))
        : null;
  }

  /** The key of an INFO that carries one. */
  String key() {
    Matcher found = Pattern.compile("(?m)^Signal=\\s*(\\S)").matcher(body);
    return found.find() ? found.group(1) : "";
  }

  /** The header with which a request to this URI answers this refusal. */
  String answerTo401(String method, String uri, String user, String password) {
    String header = header("WWW-Authenticate");
    String realm = part(header, "realm");
    String nonce = part(header, "nonce");
    String hash =
        md5(
            md5(user + ":" + realm + ":" + password)
                + ":"
                + nonce
                + ":00000001:c:auth:"
                + md5(method + ":" + uri));
    return "Authorization: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"c\", opaque=\"%s\"\r\n"
        .formatted(user, realm, nonce, uri, hash, part(header, "opaque"));
  }

  private static String part(String header, String name) {
    Matcher found = Pattern.compile(name + "=\"?([^\",]*)").matcher(header);
    return found.find() ? found.group(1) : "";
  }

  private static String md5(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
